import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import type { IHttpRouteAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpIamAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { functionNames } from "../functions.ts";
import type { FunctionName } from "../functions.ts";
import { browserRoutes, carrierRoutes, hostRoutes, telegramRoutes } from "../routes.ts";
import type { Route } from "../routes.ts";
import type { ServiceFunction } from "./service-function.ts";
import type { Settings } from "./settings.ts";

/**
 * The HTTP API: routes to functions, who may call them, and a log without anything secret. Made before the functions, which know the
 * pages, which know it.
 */
export class ServiceApi extends Construct {
  readonly url: string;
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
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
    this.addStage();
    this.url = this.api.apiEndpoint;
  }

  /** Says who answers: each route its function, and everything else `not-found`. */
  answerWith(functions: Readonly<Record<FunctionName, ServiceFunction>>): void {
    for (const name of functionNames) this.addRoutes(name, functions[name]);
    new HttpRoute(this.api, "DefaultRoute", {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration("not-found", functions["not-found"]),
    });
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

  private addStage(): void {
    const logGroup = new LogGroup(this, "AccessLog", {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.api.addStage("Stage", {
      stageName: "$default",
      autoDeploy: true,
      // A lid on what an attack can cost, far above an ordinary day; who guesses is slowed down by the service itself.
      throttle: { rateLimit: 500, burstLimit: 1000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
  }
}

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
