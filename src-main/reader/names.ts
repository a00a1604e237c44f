/**
 * File name endings of pictures, in lower case with the dot. They decide which files of a folder are tried; what a file is, its content
 * says (sniff.ts). Kinds that are known and not read stand here too, so that such a file is refused by the name of its kind.
 */

/** Camera RAW. Most are TIFF inside, and some makers' cannot be told from TIFF by their first bytes: then the name decides. */
export const rawNames: ReadonlySet<string> = new Set(
  '.3fr .ari .arw .bay .cap .cr2 .cr3 .crw .dcr .dng .erf .fff .gpr .iiq .k25 .kdc .mef .mos .mrw .nef .nrw .orf .pef .ptx .raf .raw .rw2 .rwl .rwz .sr2 .srf .srw .x3f'.split(
    ' ',
  ),
);

const readNames = '.jpg .jpeg .jpe .jfif .mpo .png .apng .webp .avif .tif .tiff .gif .heic .heif .hif'.split(' ');
const otherNames = '.bmp .dib .ico .jp2 .j2k .jpf .jpx .jxl .jxr .psd .svg .xcf'.split(' ');

/** Every ending under which a file of a folder is tried as a picture. */
export const pictureNames: ReadonlySet<string> = new Set([...readNames, ...otherNames, ...rawNames]);
