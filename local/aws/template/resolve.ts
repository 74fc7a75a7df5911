import type { Template } from "./template.ts";

/** The values that the template's references have on this machine. */
export type Names = {
  parameters: Readonly<Record<string, string>>;
  pseudo: Readonly<Record<string, string>>;
  ref: (logicalId: string, type: string) => string;
  attribute: (logicalId: string, type: string, attribute: string) => string;
};

export type Resolve = (value: unknown) => unknown;

/**
 * Makes a function that replaces CloudFormation's intrinsics by values.
 * It throws on every name and function that it does not know: a value that silently became wrong
 * would surface much later, in a function that reads it.
 */
export function createResolver(template: Template, names: Names): Resolve {
  const typeOf = (logicalId: string): string => {
    const resource = template.Resources[logicalId];
    if (!resource)
      throw new Error(`The template refers to ${logicalId}, which it does not define.`);
    return resource.Type;
  };

  const ref = (name: string): unknown => {
    const pseudo = names.pseudo[name];
    if (pseudo !== undefined) return pseudo;
    if (name.startsWith("AWS::")) throw new Error(`The local stack has no value for ${name}.`);
    const parameter = template.Parameters?.[name];
    if (!parameter) return names.ref(name, typeOf(name));
    const value = names.parameters[name] ?? parameter.Default;
    if (typeof value !== "string" && typeof value !== "number")
      throw new Error(`The template's parameter ${name} has neither a local value nor a default.`);
    return parameter.Type === "CommaDelimitedList"
      ? String(value)
          .split(",")
          .map((item) => item.trim())
      : String(value);
  };

  const attribute = (path: string): string => {
    const dot = path.indexOf(".");
    const logicalId = path.slice(0, dot);
    if (dot < 1) throw new Error(`Fn::GetAtt needs a resource and an attribute, not "${path}".`);
    return names.attribute(logicalId, typeOf(logicalId), path.slice(dot + 1));
  };

  const substitute = (argument: unknown): string => {
    const [text, variables] = Array.isArray(argument) ? (argument as unknown[]) : [argument, {}];
    const own = resolve(variables) as Record<string, unknown>;
    return asText(text, "Fn::Sub").replace(
      /\$\{(!?)([^}]+)\}/g,
      (_, literal: string, name: string) => {
        if (literal) return `\${${name}}`;
        if (Object.hasOwn(own, name)) return asText(own[name], "Fn::Sub");
        return asText(name.includes(".") ? attribute(name) : ref(name), "Fn::Sub");
      },
    );
  };

  const holds = (condition: string): boolean => {
    const expression = template.Conditions?.[condition];
    if (expression === undefined)
      throw new Error(
        `The template asks for the condition ${condition}, which it does not define.`,
      );
    return resolve(expression) === true;
  };

  const call = (name: string, argument: unknown): unknown => {
    switch (name) {
      case "Ref":
        return ref(asText(argument, name));
      case "Fn::GetAtt":
        return attribute(
          Array.isArray(argument)
            ? argument.map((part) => asText(part, name)).join(".")
            : asText(argument, name),
        );
      case "Fn::Join": {
        const [separator, parts] = asList(argument, name);
        return asList(resolve(parts), name)
          .map((part) => asText(part, name))
          .join(asText(separator, name));
      }
      case "Fn::Split": {
        const [separator, text] = asList(argument, name);
        return asText(resolve(text), name).split(asText(separator, name));
      }
      case "Fn::Select": {
        const [index, parts] = asList(argument, name);
        const chosen = asList(resolve(parts), name)[Number(resolve(index))];
        if (chosen === undefined) throw new Error(`Fn::Select finds nothing at ${String(index)}.`);
        return chosen;
      }
      case "Fn::Sub":
        return substitute(argument);
      case "Fn::If": {
        const [condition, whenTrue, whenFalse] = asList(argument, name);
        return resolve(holds(asText(condition, name)) ? whenTrue : whenFalse);
      }
      case "Fn::Equals": {
        const [one, other] = asList(resolve(argument), name);
        return one === other;
      }
      case "Fn::Not":
        return resolve(asList(argument, name)[0]) === false;
      default:
        throw new Error(`The local stack does not know the intrinsic ${name}.`);
    }
  };

  const resolve: Resolve = (value) => {
    if (typeof value === "string") return withoutDynamicReference(value);
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const only = entries.length === 1 ? entries[0] : undefined;
    if (only && (only[0] === "Ref" || only[0] === "Condition" || only[0].startsWith("Fn::")))
      return call(only[0], only[1]);
    return Object.fromEntries(entries.map(([key, part]) => [key, resolve(part)]));
  };
  return resolve;
}

function withoutDynamicReference(text: string): string {
  if (text.includes("{{resolve:"))
    throw new Error(`The local stack does not know the dynamic reference ${text}.`);
  return text;
}

function asText(value: unknown, where: string): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new Error(`${where} needs text, not ${JSON.stringify(value)}.`);
}

function asList(value: unknown, where: string): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw new Error(`${where} needs a list, not ${JSON.stringify(value)}.`);
}
