/**
 * A name as an id: readable ASCII, letters and digits, words joined by hyphens. Empty where nothing is left. Letters that
 * nothing takes apart (ø, ł, ı, đ and ð, æ, œ, ß) stand by number: one character beyond Latin-1 in a script has all of it
 * kept in twice the bytes.
 */
export function slug(name: string): string {
  return name
    .replace(/['.\u2019]/g, '')
    .replace(/[\xd8\xf8]/g, 'o')
    .replace(/[\u0141\u0142]/g, 'l')
    .replace(/[\u0130\u0131]/g, 'i')
    .replace(/[\xd0\xf0\u0110\u0111]/g, 'd')
    .replace(/[\xc6\xe6]/g, 'ae')
    .replace(/[\u0152\u0153]/g, 'oe')
    .replace(/\xdf/g, 'ss')
    .replace(/&/g, ' and ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
