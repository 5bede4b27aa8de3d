import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

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
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, description), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'TradeFlow Engine API',
  });
}
