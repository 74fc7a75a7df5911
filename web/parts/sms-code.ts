/** The credential of browsers that can read SMS codes for a page (WebOTP). The standard types do not have it. */
type OtpCredential = { readonly code?: unknown };

/**
 * Waits for an SMS that names this page's domain and reads its code, if the browser can do that and the person allows
 * it.
 *
 * @returns the code; undefined otherwise, also when `signal` ends the wait.
 */
export async function readSmsCode(signal: AbortSignal): Promise<string | undefined> {
  if (!("OTPCredential" in globalThis)) return undefined;
  const wanted = { otp: { transport: ["sms"] }, signal };
  try {
    const credential = (await navigator.credentials.get(wanted)) as OtpCredential | null;
    return typeof credential?.code === "string" ? credential.code : undefined;
  } catch {
    // The person refused, `signal` ended the wait, or this frame may not read SMS. The person types the code.
    return undefined;
  }
}
