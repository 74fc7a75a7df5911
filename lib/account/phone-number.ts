declare const brand: unique symbol;

/** A number in E.164 form on which a person can be called. Only `readPhoneNumber` makes one. */
export type PhoneNumber = string & { readonly [brand]: "PhoneNumber" };
