/** What a network can run on here: onnxruntime in the network child says what is built in; what that needs beside, people are told. */
import type { Provider } from '../../contract/library.ts';
import { type Context, packOf } from './context.ts';

const known: readonly { readonly name: string; readonly needs: string | null }[] = [
  { name: 'cpu', needs: null },
  { name: 'cuda', needs: 'Needs an NVIDIA card and the CUDA 12 and cuDNN 9 libraries, which the README tells how to get. Linux only.' },
  { name: 'dml', needs: 'DirectML comes with Squint for Windows and uses any graphics card with DirectX 12.' },
  { name: 'coreml', needs: 'Core ML comes with macOS on Apple silicon.' },
  { name: 'webgpu', needs: 'Needs a graphics card with a driver for Vulkan, Metal or DirectX 12.' },
];

/** Starts the network where it is not running: only it can tell. */
export async function providers(context: Context): Promise<Provider[]> {
  const { networks } = packOf(context);
  const { available } = await (networks.current ?? networks.on(context.settings.current.provider)).ready;
  return known.map(({ name, needs }) => {
    const isThere = available.includes(name);
    return { name, available: isThere, note: isThere ? needs : `Not part of Squint on this system. ${needs ?? ''}`.trimEnd() };
  });
}
