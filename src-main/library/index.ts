/**
 * The library: the person's files as they lie on the disk. Here they are found and recorded; watching, decisions and file operations will join.
 * Nothing in this folder looks into a picture: whether a file is one, the reader finds out.
 */
export { type Found, type ScanOptions, scan } from './scan.ts';
export { fastHash, fullHash } from './content.ts';
export { type Place, holds, placeAt } from './places.ts';
export { type Scanning, scanRoot } from './scan-root.ts';
