import type { ActivityEvent } from "../../../lib/account/activity.ts";
import { plurals } from "../../parts/plurals.ts";

const fewCodes = plurals("en", {
  one: "Only # recovery code is left. Create new ones.",
  other: "Security event",
});

/** English, and the shape of every language. */
export const en = {
  loading: "Loading…",
  signedOut: "You are signed out. Sign in again to see your security settings.",
  retry: "Try again",
  cancel: "Cancel",
  proceed: "Continue",
  confirm: "Confirm",
  done: "Done",
  startAgain: "Start again",
  copy: "Copy",
  copied: "Copied",
  notCopied: "Could not copy. Select the text instead.",
  launch: "Launch",
  disable: "Disable",
  stateOn: "On",
  stateOff: "Off",
  stateInactive: "Inactive",
  sessionsEnd: "All active sessions end, except this one.",

  on: "2-step authentication is on",
  onMeaning: "Signing in takes your password and something that only you have.",
  off: "2-step authentication is off",
  offMeaning:
    "Your password alone opens your account. Launch one of the methods below, best on a device that is wholly yours.",
  advice: {
    second_method: "Only one method is on. Add another, so that losing one does not lock you out.",
    no_codes: "You have no recovery codes yet. They let you in when your phone is lost.",
    few_codes: (left: number) =>
      left === 0 ? "Your recovery codes are used up. Create new ones." : fewCodes(left),
  },
  password: {
    known:
      "Somebody tried to sign in with your password, and you said that it was not you. Change the password: somebody else knows it.",
    change: "Change the password",
    field: "New password",
    hint: "At least 8 characters, used nowhere else.",
  },

  reauth: {
    title: "Confirm that it is you",
    why: "You signed in a while ago. After this you go on where you were.",
    field: "Your password",
  },

  telegram: {
    title: "Telegram",
    about: "Signing in is confirmed by a tap in your Telegram.",
    link: "Link Telegram",
    another: "Link another account",
    unlink: "Unlink",
    linked: (when: string) => `Linked ${when}`,
    unreachable: "The bot cannot write to this account. Open the bot in Telegram and press Start.",
    plan: "Open our bot in Telegram, press Start, and confirm here that it was you. At each sign-in the bot asks you.",
    scan: "Open the bot in Telegram",
    scanHow:
      "Scan the code with your phone's camera, or use the button if Telegram is on this device. Then press Start.",
    open: "Open the bot",
    qr: "QR code that opens the bot in Telegram",
    waiting: "Waiting for you to press Start…",
    whoAnswered: "Is this you?",
    answered: (name: string) => `${name} answered in Telegram.`,
    notMe: "If you do not know this account, cancel: nothing is linked.",
    itIsMe: "Yes, link it",
  },

  totp: {
    title: "Authenticator app",
    about: "An app shows a new code every 30 seconds, also without a network.",
    launch: "Set up an authenticator app",
    another: "Add another",
    remove: "Remove",
    unnamed: "Authenticator app",
    added: (when: string) => `Added ${when}`,
    used: (when: string) => `last used ${when}`,
    name: "Name of the device (optional)",
    scan: "Scan this code in the app",
    qr: "QR code for the authenticator app",
    openApp: "Open in an app on this device",
    key: "Or type this key by hand",
    advice: [
      "Any app for RFC 6238 codes will do: Google Authenticator, Aegis, 1Password and others.",
      "Several devices? Scan with all of them now, or add each under its own name later.",
      "A screenshot of this code is a key: delete it, or keep it where only you can reach it.",
      "The phone's time must be right. In Google Authenticator: Settings → Time correction for codes → Sync now.",
    ],
    code: "Code that the app shows",
  },

  phone: {
    title: "Phone",
    about:
      "A call, or an SMS if calls do not get through, for when the other methods are not at hand.",
    needs: "This needs Telegram or an authenticator app to be on.",
    inactive: "These numbers are not used until Telegram or an authenticator app is on.",
    launch: "Add a phone number",
    another: "Add another number",
    remove: "Remove",
    confirmed: (when: string) => `Confirmed ${when}`,
    number: "Phone number",
    numberHint:
      "With the country code, such as +380 50 123 45 42. We call it to check that it is yours.",
    call: "Call me",
    calling: (number: string) => `We are calling ${number}`,
    doNotAnswer:
      "Do not answer: type the last four digits of the number that calls. If your phone silences unknown callers, look in the list of recent calls.",
    texted: (number: string) => `We sent an SMS to ${number}`,
    typeSms: "Type the six digits of the message.",
    code: "Four digits of the call, or six of the SMS",
    callAgain: "Call again",
    sendSms: "Send an SMS",
    after: (action: string, time: string) => `${action} in ${time}`,
    smsLater: "If calls do not get through, an SMS comes.",
    noWayLeft: "No more calls or messages for now. A code that arrived still counts.",
    otherNumber: "Use another number",
  },

  codes: {
    title: "Recovery codes",
    about:
      "Ten codes for the day your phone is lost. Each works once, instead of the other methods.",
    left: plurals("en", { one: "# code left", other: "# codes left" }),
    made: (when: string) => `made ${when}`,
    none: "None made yet",
    create: "Create codes",
    renew: "Create new codes",
    oldDie: "The codes that you have now stop working.",
    once: "You see these codes only now",
    keep: "Keep them where you can get at them without your phone, and nobody else can.",
    print: "Print",
    download: "Download",
    saved: "I have saved them",
    tickFirst: "Tick that you have saved them first.",
  },

  removal: {
    telegram_on: "Launch Telegram",
    telegram_off: "Disable Telegram",
    telegramStays: "Your account stays linked; you can launch it again at any time.",
    unlink: (name: string) => `Unlink ${name}`,
    totp: (name: string) => `Remove ${name}`,
    totp_all: "Disable authenticator apps",
    phone: (number: string) => `Remove ${number}`,
    phone_all: "Disable phone",
    turnsOff:
      "This is the last method: 2-step authentication goes off, and phone numbers and recovery codes stop working until it is on again.",
  },

  sessions: {
    title: "Where you are signed in",
    current: "This one",
    end: "End",
    endOthers: "End all others",
    ended: "Ended.",
    active: (when: string) => `active ${when}`,
    by: {
      password: "by password",
      telegram: "by Telegram",
      totp: "by authenticator app",
      call: "by call",
      sms: "by SMS",
      recovery_code: "by recovery code",
    },
  },

  activity: {
    title: "Recent activity",
    all: "Show all",
    none: "Nothing yet.",
    other: "Something about security happened",
    events: {
      signed_in: "Signed in",
      reauthenticated: "Confirmed that it is you",
      challenge_locked: "Sign-in stopped: too many wrong codes",
      challenge_cancelled: "Sign-in given up",
      codes_off: "Codes are off: too many wrong ones",
      totp_enabled: "Authenticator app added",
      totp_removed: "Authenticator app removed",
      telegram_linked: "Telegram linked",
      telegram_unlinked: "Telegram unlinked",
      telegram_enabled: "Telegram launched",
      telegram_disabled: "Telegram disabled",
      sign_in_denied: "Sign-in denied in Telegram",
      password_known: "Somebody else knows the password",
      phone_added: "Phone number added",
      phone_removed: "Phone number removed",
      calls_off: "Calls are off for a day: too many wrong codes",
      recovery_codes_created: "Recovery codes created",
      recovery_code_used: "Recovery code used",
      password_changed: "Password changed",
      sessions_ended: "Other sessions ended",
      reset_by_host: "Support removed all methods",
    } satisfies Record<ActivityEvent, string>,
  },
  device: {
    on: (browser: string, system: string) => `${browser} on ${system}`,
    unknown: "Unknown device",
    unknownBrowser: "Unknown browser",
  },

  othersEnded: "All other sessions have ended.",
  news: {
    linked: "Telegram is linked and on.",
    totp: "The authenticator app is on.",
    phone: "The number is confirmed.",
    codes: "New recovery codes are ready.",
    changed: "Done.",
    password: "The password is changed.",
  },

  problems: {
    unreachable: "No answer. Check your connection and try again; nothing that you typed is lost.",
    unavailable: "The service cannot answer right now. Try again in a moment.",
    limit: "There can be no more than five. Remove one first.",
    expired: "It took too long. Start again.",
    wait: (wait: string) => `Too many attempts. Try again ${wait}.`,
    early: (wait: string) => `Not yet. Try again ${wait}.`,
    wrongCode: "The code does not match.",
    triesLeft: plurals("en", { one: " # try left.", other: " # tries left." }),
    clock: (amount: string, behind: boolean) =>
      `The clock of your phone is about ${amount} ${behind ? "behind" : "ahead"}. Let the phone set its time by itself, then type the new code.`,
    passwordForm: "A password has 8 to 256 characters.",
    nameForm: "A name has up to 40 plain characters.",
    wrongPassword: "The password does not match.",
    number: "Calls do not reach this number. Check it.",
    country: "We do not call numbers of this country. Use another number.",
    methodOff: "This method is not available right now.",
    gone: "This has changed. Here is how it is now.",
  },
};

export type Texts = typeof en;
