import { Duration, Stack } from "aws-cdk-lib";
import type { RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  CfnRoute,
  CorsHttpMethod,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  LogGroupLogDestination,
  SecurityPolicy,
} from "aws-cdk-lib/aws-apigatewayv2";
import type { CfnStage, IHttpRouteAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpIamAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { functionNames } from "../settings/functions.ts";
import type { FunctionName } from "../settings/functions.ts";
import { browserRoutes, carrierRoutes, hostRoutes, telegramRoutes } from "../settings/routes.ts";
import type { Route } from "../settings/routes.ts";
import type { ServiceFunction } from "./service-function.ts";
import type { DomainProps } from "../settings/twostep-props.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";

export type ServiceApiProps = {
  settings: ServiceSettings;
  removalPolicy: RemovalPolicy;
  /** The API's own; where CloudFront stands before it, the domain is CloudFront's. */
  domain?: DomainProps;
};

/**
 * The HTTP API: routes to functions, who may call them, and a log without anything secret. Made before the functions, which know the
 * pages, which know it.
 */
export class ServiceApi extends Construct {
  readonly url: string;
  private readonly api: HttpApi;
  private readonly stage: CfnStage;

  constructor(scope: Construct, id: string, props: ServiceApiProps) {
    super(scope, id);
    const { settings, removalPolicy, domain } = props;
    const domainName =
      domain &&
      new DomainName(this, "Domain", { domainName: domain.name, ...domainSecurity(domain) });
    this.api = new HttpApi(this, "Http", {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: settings.allowedOrigins,
        allowCredentials: true,
        allowMethods: [
          CorsHttpMethod.GET,
          CorsHttpMethod.POST,
          CorsHttpMethod.PUT,
          CorsHttpMethod.DELETE,
        ],
        allowHeaders: ["content-type", "idempotency-key"],
        exposeHeaders: ["retry-after"],
        maxAge: Duration.hours(1),
      },
    });
    this.stage = this.addStage(removalPolicy, domainName);
    this.url = domain ? `https://${domain.name}` : this.api.apiEndpoint;
  }

  /** Says who answers: each route its function, and everything else `not-found`. */
  answerWith(functions: Readonly<Record<FunctionName, ServiceFunction>>): void {
    for (const name of functionNames) this.addRoutes(name, functions[name]);
    new HttpRoute(this.api, "DefaultRoute", {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration("not-found", functions["not-found"]),
    });
    this.throttleRoutes();
  }

  /** Answers with 5xx. */
  faults(period: Duration): Metric {
    return this.api.metricServerError({ period, statistic: Stats.SUM });
  }

  private addRoutes(name: FunctionName, target: ServiceFunction): void {
    const integration = new HttpLambdaIntegration(name, target);
    const add = (routes: readonly Route[], authorizer: IHttpRouteAuthorizer) => {
      for (const [method, path, answeredBy] of routes) {
        if (answeredBy !== name) continue;
        this.api.addRoutes({ path, methods: [HttpMethod[method]], integration, authorizer });
      }
    };
    add(browserRoutes, new HttpNoneAuthorizer());
    add(telegramRoutes, new HttpNoneAuthorizer());
    add(carrierRoutes, new HttpNoneAuthorizer());
    add(hostRoutes, new HttpIamAuthorizer());
  }

  /** A route's own throttle, which can only be put on once the route is there. */
  private throttleRoutes(): void {
    const routes = this.node.findAll().filter((each) => each instanceof CfnRoute);
    this.stage.routeSettings = Object.fromEntries(
      Object.entries(routeThrottles).map(([key, rate]) => {
        const route = routes.find(({ routeKey }) => routeKey === key);
        if (!route) throw new Error(`There is no route ${key} to throttle.`);
        this.stage.addResourceDependency(route);
        return [key, { ThrottlingRateLimit: rate, ThrottlingBurstLimit: 2 * rate }];
      }),
    );
  }

  private addStage(removalPolicy: RemovalPolicy, domainName?: DomainName): CfnStage {
    const logGroup = new LogGroup(this, "AccessLog", {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy,
    });
    const stage = this.api.addStage("Stage", {
      stageName: "$default",
      autoDeploy: true,
      // A throttle on what an attack can cost, far above an ordinary day; who guesses is slowed down by the service itself.
      throttle: { rateLimit: 500, burstLimit: 1000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
      ...(domainName ? { domainMapping: { domainName } } : {}),
    });
    // What an L2 stage has no words for.
    return stage.node.defaultChild as CfnStage;
  }
}

/**
 * Requests a second, over everybody, of what costs most or is open to strangers: far above an ordinary day of a hundred thousand people,
 * far below what would use up the whole API's throttle, so that a flood of one leaves room for the others.
 */
const routeThrottles: Readonly<Record<string, number>> = {
  "POST /v1/sign-in": 50,
  "POST /v1/reauthentication": 20,
  "PUT /v1/password": 20,
  "POST /v1/challenge/open": 50,
  "POST /v1/challenge/call": 20,
  "POST /v1/phones": 10,
  "POST /v1/telegram/webhook": 100,
  "POST /v1/calls/{carrier}/status": 50,
  $default: 20,
};

const domainSecurity = ({ certificate }: DomainProps) => ({
  certificate,
  securityPolicy: SecurityPolicy.TLS_1_2,
});

/** The route, never the path: a grant is part of a path. No query strings, headers, cookies or bodies. */
const accessLogFields = {
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  sourceIp: "$context.identity.sourceIp",
  routeKey: "$context.routeKey",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  integrationStatus: "$context.integrationStatus",
  integrationError: "$context.integrationErrorMessage",
  gatewayError: "$context.error.responseType",
};
