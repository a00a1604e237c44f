/** What an execution provider is called. */
const titles: Record<string, string> = {
  cpu: 'CPU',
  webgpu: 'GPU (WebGPU)',
  dml: 'GPU (DirectML)',
  cuda: 'GPU (CUDA)',
  tensorrt: 'GPU (TensorRT)',
  coreml: 'Core ML',
};

export const providerTitle = (name: string): string => titles[name] ?? name;
