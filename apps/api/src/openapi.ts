import { CreateOrderDto } from '@app/contracts';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** Serves the OpenAPI document at `/openapi.json` and its explorer at `/docs`. */
export function setupOpenApi(app: NestExpressApplication): void {
  const description = new DocumentBuilder()
    .setTitle('TradeFlow Engine')
    .setDescription(
      'Orders are durable before they are acknowledged and filled exactly once. ' +
        'Errors are problem details (RFC 9457); switch on their `code`. ' +
        'Every answer has an `X-Request-Id`; send your own to find it in the logs.',
    )
    .setVersion('1')
    .addTag('orders')
    .addTag('health')
    .build();
  SwaggerModule.setup('docs', app, () => document(app, description), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'TradeFlow Engine API',
  });
}

/** What decorators can not say: a body with a member that its schema does not name is refused. */
function document(
  app: NestExpressApplication,
  description: Omit<OpenAPIObject, 'paths'>,
): OpenAPIObject {
  const openApi = SwaggerModule.createDocument(app, description);
  Object.assign(openApi.components?.schemas?.[CreateOrderDto.name] ?? {}, {
    additionalProperties: false,
  });
  return openApi;
}
