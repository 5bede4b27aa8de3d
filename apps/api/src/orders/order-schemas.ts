import { BookOrderDto, CreateBookOrderDto, CreateOrderDto, OrderDto } from '@app/contracts';
import { getSchemaPath } from '@nestjs/swagger';

/** OpenAPI: an order is a plain one or a book order, which has a side. */
export const NEW_ORDER_SCHEMA = {
  oneOf: [{ $ref: getSchemaPath(CreateOrderDto) }, { $ref: getSchemaPath(CreateBookOrderDto) }],
};

export const ORDER_SCHEMA = {
  oneOf: [{ $ref: getSchemaPath(BookOrderDto) }, { $ref: getSchemaPath(OrderDto) }],
};

export const ORDERS_SCHEMA = { type: 'array', items: ORDER_SCHEMA };
