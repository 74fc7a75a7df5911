/** The forms in which systems store passwords. No person chooses such a password. */
const forms = [
  // bcrypt, whole or cut off.
  /^\$2[abxy]?\$\d\d\$/i,
  // PHC strings and crypt(3): argon2, scrypt, PBKDF2, SHA-crypt, MD5-crypt, yescrypt, phpass, Drupal.
  /^\$(?:argon2(?:id?|d)|scrypt|pbkdf2[a-z0-9-]*)\$/i,
  /^\$[a-z0-9][a-z0-9-]{0,31}\$[\w./$=,+-]{16,}$/i,
  // Django, Werkzeug, PostgreSQL: the scheme's name, then its parameters, salt and hash.
  /^(?:pbkdf2|bcrypt|argon2|scrypt|scram-sha|sha\d+|md5)[\w-]*[:$][\w:./$=,+-]{16,}$/i,
  /^md5[\da-f]{32}$/i,
  // LDAP [RFC 2307 §5.3], Dovecot, Spring: the scheme's name in braces.
  /^\{(?:s?sha\d*|s?md5|crypt|[a-z0-9]+-crypt|cram-md5|bcrypt|argon2|scrypt|pbkdf2)[\w.@-]*\}\S/i,
  // MySQL's own form.
  /^\*[\dA-F]{40}$/,
];

/**
 * Whether a text looks like the stored hash of a password rather than a password. Hexadecimal digits alone do not
 * count: 32 of them may be an MD5 hash, but also a password from a password manager.
 */
export const looksLikeStoredHash = (text: string): boolean =>
  forms.some((form) => form.test(text.trim()));
