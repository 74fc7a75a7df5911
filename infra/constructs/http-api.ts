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
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { functionNames } from "../settings/functions.ts";
import type { FunctionName } from "../settings/functions.ts";
import { browserRoutes, carrierRoutes, hostRoutes, telegramRoutes } from "../settings/routes.ts";
import type { Route } from "../settings/routes.ts";
import type { Access } from "./access.ts";
import type { ServiceFunction } from "./service-function.ts";
import type { DomainProps } from "../settings/twostep-props.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";

export type ServiceApiProps = {
  settings: ServiceSettings;
  removalPolicy: RemovalPolicy;
  /** The API's own domain. Where CloudFront stands before the API, the domain belongs to CloudFront. */
  domain?: DomainProps;
};

/**
 * The HTTP API: routes to functions, who may call them, and a log without anything secret. It is made before the
 * functions: the functions need the pages, and the pages need the API.
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
      new DomainName(this, "Domain", {
        domainName: domain.name,
        certificate: Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn),
        securityPolicy: SecurityPolicy.TLS_1_2,
      });
    this.api = new HttpApi(this, "Http", {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: [...settings.allowedOrigins],
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

  /** Connects each route to its function, and every other request to `not-found`. */
  answerWith(functions: Readonly<Record<FunctionName, ServiceFunction>>): void {
    for (const name of functionNames) this.addRoutes(name, functions[name]);
    new HttpRoute(this.api, "DefaultRoute", {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration("not-found", functions["not-found"].live),
    });
    this.throttleRoutes();
  }

  /** The number of answers with 5xx. */
  faults(period: Duration): Metric {
    return this.api.metricServerError({ period, statistic: Stats.SUM });
  }

  /** The number of answers. */
  requests(period: Duration): Metric {
    return this.api.metricCount({ period, statistic: Stats.SUM });
  }

  /** Allows calling one of the host's routes, at one path. */
  allowHostCall(method: HttpMethod, path: string): Access {
    const resource = Stack.of(this).formatArn({
      service: "execute-api",
      resource: this.api.apiId,
      resourceName: `$default/${method}${path}`,
    });
    return {
      environment: {},
      statements: [new PolicyStatement({ actions: ["execute-api:Invoke"], resources: [resource] })],
    };
  }

  private addRoutes(name: FunctionName, target: ServiceFunction): void {
    const integration = new HttpLambdaIntegration(name, target.live);
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

  /** Sets a throttle on single routes. This works only once the route exists. */
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
      // This throttle limits what an attack can cost. It is far above an ordinary day. The service itself slows down
      // guesses.
      throttle: { rateLimit: 500, burstLimit: 1000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
      ...(domainName ? { domainMapping: { domainName } } : {}),
    });
    // An L2 stage has no property for the route settings.
    return stage.node.defaultChild as CfnStage;
  }
}

/**
 * Requests a second, over all callers, for routes that cost most or are open to strangers. These rates are far above an
 * ordinary day of a hundred thousand people, and far below the throttle of the whole API, so a flood of one route
 * leaves room for the others.
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
  "GET /v1/health": 10,
  $default: 20,
};

/**
 * The log has the route and never the path, which may contain ids. It has no query strings, headers, cookies or bodies.
 */
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
