/**
 * onnxruntime, kept from telling on people. Since 1.29 its builds collect usage, write it to ~/.cache/Microsoft and send it to its maker,
 * unless this variable is set before the library is loaded (seen in the library and on the disk; immich 3.3.6 met the same). All of Squint
 * imports onnxruntime from here; a lint rule holds it.
 */
import './no-telemetry.ts'; // first: the line below loads the library
export * from 'onnxruntime-node';
