import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import type { IHttpRouteAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpIamAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { functionNames } from "../functions.ts";
import type { FunctionName } from "../functions.ts";
import { browserRoutes, carrierRoutes, hostRoutes, telegramRoutes } from "../routes.ts";
import type { Route } from "../routes.ts";
import type { ServiceFunction } from "./service-function.ts";
import type { Settings } from "./settings.ts";

export type ServiceApiProps = {
  settings: Settings;
  functions: Readonly<Record<FunctionName, ServiceFunction>>;
};

/** The HTTP API: routes to functions, who may call them, and a log without anything secret. */
export class ServiceApi extends Construct {
  readonly url: string;
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: ServiceApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, "Http", {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration("not-found", props.functions["not-found"]),
      corsPreflight: {
        allowOrigins: props.settings.allowedOrigins,
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
    for (const name of functionNames) this.addRoutes(name, props.functions[name]);
    this.addStage();
    this.url = this.api.apiEndpoint;
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
