import { Lazy } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import { checkProps } from "../../../infra/settings/check-props.ts";
import { carrierNames, carriers } from "../../../lib/phone/carriers/carriers.ts";

const where = "Twostep";
const least = { allowedOrigins: ["https://panel.example.com"], alarmTopicArn: "none" };
const check = (settings: Readonly<Record<string, unknown>>) => () =>
  checkProps({ ...least, ...settings }, { where });
const phones = (more: Readonly<Record<string, unknown>>) =>
  check({ phones: { countries: ["UA"], ...more } });

const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/c";
const elsewhere = "arn:aws:acm:eu-central-1:111122223333:certificate/c";
const webAclArn = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1";

describe("taken:", () => {
  test.each([
    ["https with a port", { allowedOrigins: ["https://panel.example.com:8443"] }],
    ["one's own machine", { allowedOrigins: ["http://localhost:4000", "http://127.0.0.1"] }],
    ["a path for challenges", { signInUrl: "/sign-in" }],
    ["a page for challenges", { signInUrl: "https://panel.example.com/second-step?from=mail" }],
    ["all countries", { phones: { countries: "all" } }],
    ["senders", { phones: { countries: ["UA"], smsSenderIds: { UA: "Two-step", KZ: "Acme" } } }],
    ["a Bot API server", { telegram: { botUsername: "bot1", apiRoot: "http://127.0.0.1:8081" } }],
    [
      "no pages, and a certificate of any region",
      { pages: false, domain: { name: "id.example.com", certificateArn: elsewhere } },
    ],
    ["a web ACL", { pages: { webAclArn } }],
    ["a trial without an address for alarms", { trial: true, alarmTopicArn: undefined }],
    [
      "few sign-ins an hour, without the synthetic one",
      { limits: { challenge: { perHour: 12 } }, syntheticSignIn: false },
    ],
    ["nothing reserved", { reservedConcurrency: {} }],
    ["all that may be reserved", { reservedConcurrency: { "sign-in": 900 } }],
  ])("%s", (_, settings) => {
    expect(check(settings)).not.toThrow();
  });

  test.each(carrierNames)("%s, and its own address", (name) => {
    const apiRoots = { [name]: carriers[name].apiRoot };
    expect(phones({ carriers: [name], carriersByCountry: { KZ: [name] }, apiRoots })).not.toThrow();
  });

  test("what is known at deploy time only", () => {
    const token = Lazy.string({ produce: () => "later" });
    const domain = { name: token, certificateArn: token };
    expect(check({ allowedOrigins: [token], domain, alarmTopicArn: token })).not.toThrow();
  });
});

describe("refused, with a sentence that names the setting:", () => {
  test.each([
    [{ allowedOrigins: undefined }, "allowedOrigins is missing."],
    [{ allowedOrigins: [] }, "allowedOrigins must name an origin"],
    [{ allowedOrigins: ["https://a.example", "*"] }, "allowedOrigins[1] must be an origin"],
    [{ allowedOrigins: ["https://*.example.com"] }, "allowedOrigins[0]"],
    [{ allowedOrigins: ["https://a.example/"] }, "without a path"],
    [{ allowedOrigins: ["https://Panel.example.com"] }, "allowedOrigins[0]"],
    [{ allowedOrigins: ["http://panel.example.com"] }, 'it is "http://panel.example.com".'],
    [{ allowedOrigins: "https://a.example" }, "allowedOrigins must be of the type array"],
    [{ alowedOrigins: [] }, "There is no setting alowedOrigins."],
    [{ serviceName: "" }, "serviceName must have 1 to 64 characters"],
    [{ signInUrl: "javascript:alert(1)" }, "signInUrl must be a page"],
    [{ signInUrl: "https://panel.example.com/#challenge" }, "signInUrl must be a page"],
    [{ domain: { name: "id.example.com" } }, "domain.certificateArn is missing."],
    [{ domain: { certificateArn } }, "domain.name is missing."],
    [
      { domain: { name: "https://id.example.com", certificateArn } },
      "domain.name must be a host name",
    ],
    [{ domain: { name: "id.example.com", certificateArn: "c" } }, "domain.certificateArn must be"],
    [
      { domain: { name: "id.example.com", certificateArn: elsewhere } },
      "from us-east-1 where pages are deployed",
    ],
    [{ pages: true }, "pages must be"],
    [{ pages: { webAcl: webAclArn } }, "There is no setting pages.webAcl."],
    [
      { pages: { webAclArn: webAclArn.replace("us-east-1", "eu-central-1") } },
      "pages.webAclArn must be",
    ],
    [
      { telegram: { botUsername: "@bot" } },
      "telegram.botUsername must be a username such as example_bot, without @",
    ],
    [{ telegram: { botUsername: "" } }, "leave telegram out"],
    [{ telegram: { botUsername: "bot1", token: "1:a" } }, "There is no setting telegram.token."],
    [
      { telegram: { botUsername: "bot1", apiRoot: "http://bots.example.com" } },
      "telegram.apiRoot must be a URL",
    ],
    [
      { telegram: { botUsername: "bot1", apiRoot: "https://bots.example.com/" } },
      "without a slash",
    ],
    [{ phones: {} }, "phones.countries is missing."],
    [{ phones: { countries: [] } }, "phones.countries must name a country"],
    [
      { phones: { countries: ["UA", "Ukraine"] } },
      'phones.countries[1] must be an ISO code such as UA; it is "Ukraine".',
    ],
    [{ limits: { fallback: { cals: 1 } } }, "There is no limit fallback.cals."],
    [{ limits: { challenge: { lifeSeconds: 601 } } }, "challenge.lifeSeconds must be at most 600"],
    [{ limits: { fallback: { callGapSeconds: 300 } } }, "all calls and SMS take 1260 s"],
    [{ languages: ["de"] }, 'languages names "de"'],
    [{ languages: ["uk", "en", "uk"] }, "languages names uk twice"],
    [{ languages: [] }, "languages must name one"],
    [{ alarmTopicArn: "twostep-alarms" }, "alarmTopicArn"],
    [
      { alarmTopicArn: undefined },
      'alarmTopicArn must be the ARN of the SNS topic that gets the alarms, or "none"',
    ],
    [{ limits: { challenge: { perHour: 12 } } }, "limits.challenge.perHour must be over 12"],
    [{ reservedConcurrency: { signIn: 5 } }, "There is no setting reservedConcurrency.signIn."],
    [
      { reservedConcurrency: { "sign-in": 0 } },
      "reservedConcurrency.sign-in must be a positive whole number; it is 0.",
    ],
    [
      { reservedConcurrency: { "sign-in": 500, accounts: 401 } },
      "reservedConcurrency must be 900 in all at most",
    ],
    [
      { reservedConcurrency: { "telegram-sender": 1 } },
      "reservedConcurrency must give telegram-sender at least 2",
    ],
    [{ accountsTable: "*" }, "accountsTable must be the name of a table"],
    [{ accountsTable: "a/b" }, "accountsTable must be"],
    [{ accountsTable: "" }, "accountsTable must be"],
    [{ architecture: "x64" }, 'architecture must be "arm64" or "x86_64"; it is "x64".'],
    [{ trial: "yes" }, "trial must be of the type boolean"],
  ])("%j", (settings, why) => {
    expect(check(settings)).toThrow(why);
    expect(check(settings)).toThrow(/^Twostep: /);
  });

  test.each([
    [{ carriers: ["ucaller", "acme"] }, 'phones.carriers[1] must be "ucaller" or '],
    [{ carriers: [] }, "phones.carriers must name a carrier"],
    [{ carriersByCountry: { UA: ["acme"] } }, "phones.carriersByCountry.UA[0] must be"],
    [
      { carriersByCountry: { ua: ["ucaller"] } },
      'A name in phones.carriersByCountry must be an ISO code such as UA; it is "ua".',
    ],
    [{ apiRoots: { ucaller: "http://api.ucaller.ru" } }, "phones.apiRoots.ucaller must be a URL"],
    [
      { apiRoots: { acme: "https://api.acme.example" } },
      "There is no setting phones.apiRoots.acme.",
    ],
    [{ smsSenderIds: { UA: "TwelveLetter" } }, "phones.smsSenderIds.UA must be up to 11"],
    [{ smsSenderIds: { UA: "2468" } }, "the first a letter"],
    [{ smsSenderIds: { UA: "Two step" } }, "phones.smsSenderIds.UA"],
  ])("phones with %j", (settings, why) => {
    expect(phones(settings)).toThrow(why);
  });

  test("every fault is told at once", () => {
    expect(check({ trail: true, serviceName: "" })).toThrow(
      /^Twostep: serviceName must .* There is no setting trail\.$/,
    );
  });
});
