import {
  AmendOrderDto,
  CreateBookOrderDto,
  CreateOrderBatchDto,
  CreateOrderDto,
  OrderDto,
  PutMarketDto,
} from '@app/contracts';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** What has the members of its schema and no others. */
const CLOSED = [
  CreateOrderDto,
  CreateBookOrderDto,
  CreateOrderBatchDto,
  AmendOrderDto,
  OrderDto,
  PutMarketDto,
];

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
    .addTag('trades')
    .addTag('markets')
    .addTag('users')
    .addTag('streams')
    .addTag('settings')
    .addTag('health')
    .build();
  SwaggerModule.setup('docs', app, () => document(app, description), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'TradeFlow Engine API',
  });
}

/** What decorators can not say: which schemas are closed. A plain order's is, so a book order is never taken for one. */
function document(
  app: NestExpressApplication,
  description: Omit<OpenAPIObject, 'paths'>,
): OpenAPIObject {
  const openApi = SwaggerModule.createDocument(app, description);
  for (const dto of CLOSED) {
    const schema = openApi.components?.schemas?.[dto.name];
    if (schema === undefined) throw new Error(`${dto.name} has no schema`);
    Object.assign(schema, { additionalProperties: false });
  }
  return openApi;
}
