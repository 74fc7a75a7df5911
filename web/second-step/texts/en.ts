import { plurals } from "../../parts/plurals.ts";
import type { Texts } from "./texts.ts";

const triesLeft = plurals("en", { one: "# try left", other: "# tries left" });
const codesLeft = plurals("en", {
  one: "You have # code left.",
  other: "You have # codes left.",
});

export const en: Texts = {
  ways: {
    telegram: "Confirm in Telegram",
    totp: "Code from an authenticator app",
    phone: "Call or SMS to a phone",
    recoveryCode: "Recovery code",
  },
  otherWays: "Try another way",
  cancel: "Cancel",
  confirm: "Confirm",
  checking: "Checking…",
  finishing: "One moment…",
  timeLeft: (duration) => `Time left to confirm: ${duration}`,
  whose: (email) => `Signing in as ${email}`,
  notYou: "Not you?",
  anotherSession: {
    title: "Sign in to another account?",
    text: (account, session) =>
      `This link signs you in as ${account}. Now you are signed in as ${session} in this browser.`,
    caution:
      "If you did not ask for this link, stay where you are: what you add after it would belong to somebody else’s account.",
    stay: (session) => `Stay signed in as ${session}`,
    replace: (account) => `Sign in as ${account}`,
  },

  telegram: {
    title: (number) => `Tap ${number} in Telegram`,
    lead: "The bot has written to you. Of its three numbers, tap this one.",
    asking: (name) => `Sending to ${name}…`,
    asked: (name) => `Sent to ${name}`,
    unreachable: (name) => `Not delivered to ${name}`,
    nobodyReached:
      "The message did not get through. If you have blocked the bot, unblock it and ask again.",
    resting:
      "There were several requests a short while ago, so none was sent this time. Take another way, or ask again a little later.",
    again: "Ask again",
    againIn: (duration) => `Ask again in ${duration}`,
  },
  totp: {
    title: "Enter the code from your app",
    label: "6-digit code from the authenticator app",
  },
  phone: {
    title: "Get a code by phone",
    lead: "We will call you. Do not answer: the last four digits of the number that calls are your code.",
    numbers: "Which phone is with you?",
    call: "Call me",
    sms: "Send an SMS",
    wait: (duration) => `Available in ${duration}`,
    calling: (masked, attempt) =>
      attempt > 1 ? `We are calling ${masked} again` : `We are calling ${masked}`,
    callingLead: "Do not answer. Type the last four digits of the number that calls.",
    silenced: "No ringing? Look in the list of recent calls: phones may silence unknown callers.",
    callLabel: "Last 4 digits of the number",
    texting: "We are sending you an SMS",
    texted: "We have sent you an SMS",
    textedLead: (masked, attempt) =>
      attempt > 1
        ? `The same code is on its way to ${masked} once more.`
        : `Type the code that we have sent to ${masked}.`,
    callFailed: (masked) => `We could not call ${masked}`,
    smsFailed: "We could not send the SMS",
    failedLead: "Ask again or take another way. A code that has arrived still works.",
    smsLabel: "6-digit code from the SMS",
    callAgain: "Call again",
    callAgainIn: (duration) => `Call again in ${duration}`,
    smsInstead: "Send an SMS instead",
    smsInsteadIn: (duration) => `SMS instead in ${duration}`,
    smsAgain: "Send the SMS again",
    smsAgainIn: (duration) => `SMS again in ${duration}`,
    otherNumber: "Use another number",
    noWayLeft:
      "No more calls or messages for this sign-in. A code that has arrived still works; otherwise take another way, or try again later.",
  },
  recovery: {
    title: "Enter a recovery code",
    label: "One of the codes that you saved",
    left: codesLeft,
  },

  said: {
    incomplete: (digits) => `The code has ${digits} digits.`,
    incompleteRecovery: "A recovery code has ten letters and digits, like 7hq3k-m0x4p.",
    wrongCode: (left) => `This code does not fit. ${triesLeft(left)}.`,
    wrongPhoneCode: (left) => `These digits do not fit. ${triesLeft(left)}.`,
    slow: (duration) => `Your phone’s clock is ${duration} slow`,
    fast: (duration) => `Your phone’s clock is ${duration} fast`,
    setClock:
      "That is why the code does not fit. In Google Authenticator: Settings → Time correction for codes → Sync now. With other apps, set the phone’s time to automatic. Then type a new code.",
    itIs: (time) => `It is ${time} now.`,
    left: (left) => `${triesLeft(left)}.`,
    usedTotp: "This code has been used already. Wait for the next one.",
    usedRecovery: "This code has been used already. Take the next one on your list.",
    pausedFor: (duration) => `Too many wrong codes. You can type the next one in ${duration}.`,
    paused: "Too many wrong codes. Codes are paused for a while.",
    tooEarly: "Not yet: a little patience, please.",
    unavailable: "This way cannot be used right now. Please take another one.",
    codeUnavailable: "We cannot check the code of this call. Ask for another call or an SMS.",
    refused: "That did not work. Try once more, or take another way.",
  },
  connection: {
    unreachable: "We cannot reach the service. Trying again…",
    unavailable: "The service cannot answer just now. Trying again…",
    back: "The connection is back.",
  },
  noMethod: {
    title: "No way to confirm is left right now",
    text: "Too many codes were wrong, or a method was switched off. Wait a while and start again. If you have lost access for good, support can help.",
  },
  endings: {
    denied: {
      title: "Somebody said it was not them",
      text: "The request was denied in Telegram, and nobody was let in. If it was you, start again and tap the number that the page shows. If it was not, somebody knows the password: change it.",
    },
    expired: {
      title: "That took too long",
      text: "A sign-in has to be confirmed within ten minutes. Nothing is lost: start again.",
    },
    locked: {
      title: "Too many wrong codes",
      text: "Nobody was let in. You can start again; the next codes may have to wait a little then.",
    },
    cancelled: { title: "Cancelled", text: "You can start again at any time." },
    elsewhere: {
      title: "This was ended elsewhere",
      text: "Another window, or a newer sign-in, has taken its place. If you are not signed in there, start again.",
    },
    gone: {
      title: "There is nothing to confirm any more",
      text: "The sign-in is over, or this browser has forgotten it. Start again.",
    },
    signed_out: {
      title: "Your session has ended",
      text: "It was ended elsewhere in the meantime. Please sign in again.",
    },
  },
  startAgain: "Start again",
};
