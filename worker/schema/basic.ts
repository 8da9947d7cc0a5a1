import * as v from 'valibot'

/*
 * The shapes that all others are made of. They are made once and shared: of a thousand shapes that an isolate would make
 * when it starts, a third were these, and so many objects at once cost it a garbage collection.
 */

export const string = v.string()
export const number = v.number()
export const boolean = v.boolean()
export const nullableString = v.nullable(string)
export const strings = v.array(string)
