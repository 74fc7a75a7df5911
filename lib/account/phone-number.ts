declare const brand: unique symbol;

/** E.164, one that a person can be called on. Only `readPhoneNumber` makes one. */
export type PhoneNumber = string & { readonly [brand]: "PhoneNumber" };
