/** What browsers that read SMS codes for a page (WebOTP) have beside the standard credentials. */
type OtpCredential = { readonly code?: unknown };

/**
 * Waits for an SMS that names this page's domain and reads its code, where the browser can and the person lets it.
 * Answers undefined otherwise, also when `signal` ends the waiting.
 */
export async function readSmsCode(signal: AbortSignal): Promise<string | undefined> {
  if (!("OTPCredential" in globalThis)) return undefined;
  const wanted = { otp: { transport: ["sms"] }, signal };
  try {
    const credential = (await navigator.credentials.get(wanted)) as OtpCredential | null;
    return typeof credential?.code === "string" ? credential.code : undefined;
  } catch {
    // Refused, aborted or not allowed in this frame: the person types the code.
    return undefined;
  }
}
