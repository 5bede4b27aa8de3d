import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BookOrders1795384315197 implements MigrationInterface {
  name = 'BookOrders1795384315197';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX "ix_orders_status"');
    await queryRunner.query('DROP INDEX "ix_orders_item"');
    await queryRunner.query(
      'CREATE TABLE "books" ("item" varchar(255) PRIMARY KEY NOT NULL, "sequence" bigint NOT NULL, "trade_id" bigint NOT NULL, "last_price_ticks" bigint NOT NULL, "clock_ms" bigint NOT NULL, "state" varchar(11) NOT NULL, "min_price_ticks" bigint NOT NULL, "max_price_ticks" bigint NOT NULL, "min_quantity_lots" bigint NOT NULL, "max_quantity_lots" bigint NOT NULL, "command_sequence" bigint NOT NULL DEFAULT (0))',
    );
    await queryRunner.query(
      'CREATE TABLE "candles" ("item" varchar(255) NOT NULL, "seconds" integer NOT NULL, "start_ms" bigint NOT NULL, "open_ticks" bigint NOT NULL, "high_ticks" bigint NOT NULL, "low_ticks" bigint NOT NULL, "close_ticks" bigint NOT NULL, "volume_lots" decimal(38,0) NOT NULL, "notional" decimal(38,0) NOT NULL, "trades" bigint NOT NULL, PRIMARY KEY ("item", "seconds", "start_ms"))',
    );
    await queryRunner.query(
      'CREATE TABLE "markets" ("item" varchar(255) PRIMARY KEY NOT NULL, "tick_size" varchar(32) NOT NULL, "lot_size" varchar(32) NOT NULL, "min_price_ticks" bigint, "max_price_ticks" bigint, "min_quantity_lots" bigint, "max_quantity_lots" bigint, "state" varchar(11) NOT NULL, "in_use" integer NOT NULL DEFAULT (0), "updated_at_ms" bigint NOT NULL)',
    );
    await queryRunner.query(
      'CREATE TABLE "positions" ("user_id" bigint NOT NULL, "item" varchar(255) NOT NULL, "net_lots" decimal(38,0) NOT NULL, "cost" decimal(38,0) NOT NULL, "realised" decimal(38,0) NOT NULL, "updated_at_ms" bigint NOT NULL, PRIMARY KEY ("user_id", "item"))',
    );
    await queryRunner.query(
      'CREATE TABLE "trades" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "item" varchar(255) NOT NULL, "trade_id" bigint NOT NULL, "sequence" bigint NOT NULL, "price_ticks" bigint NOT NULL, "quantity_lots" bigint NOT NULL, "maker_order_id" bigint NOT NULL, "taker_order_id" bigint NOT NULL, "maker_user_id" bigint NOT NULL, "taker_user_id" bigint NOT NULL, "taker_side" varchar(4) NOT NULL, "executed_at_ms" bigint NOT NULL)',
    );
    await queryRunner.query('CREATE INDEX "ix_trades_taker_user" ON "trades" ("taker_user_id") ');
    await queryRunner.query('CREATE INDEX "ix_trades_maker_user" ON "trades" ("maker_user_id") ');
    await queryRunner.query('CREATE INDEX "ix_trades_taker_order" ON "trades" ("taker_order_id") ');
    await queryRunner.query('CREATE INDEX "ix_trades_maker_order" ON "trades" ("maker_order_id") ');
    await queryRunner.query(
      'CREATE INDEX "ix_trades_item_time" ON "trades" ("item", "executed_at_ms") ',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "ux_trades_item" ON "trades" ("item", "trade_id") ',
    );
    await queryRunner.query('DROP INDEX "ix_orders_user_id"');
    await queryRunner.query(
      'CREATE TABLE "temporary_orders" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "user_id" bigint NOT NULL, "item" varchar(255) NOT NULL, "amount" decimal(10,2) NOT NULL, "status" varchar(16) NOT NULL, "reason" varchar(32), "created_at_ms" bigint NOT NULL, "updated_at_ms" bigint NOT NULL, "request_key" varchar(160), "request_hash" varchar(32), "side" varchar(4), "type" varchar(10), "time_in_force" varchar(3), "self_trade_prevention" varchar(13), "post_only" integer, "price_ticks" bigint, "quantity_lots" bigint, "budget" bigint, "stop_ticks" bigint, "display_lots" bigint, "expires_at_ms" bigint, "filled_lots" bigint NOT NULL DEFAULT (0), "notional" decimal(38,0) NOT NULL DEFAULT (0), "visible_lots" bigint NOT NULL DEFAULT (0), "accepted_sequence" bigint, "queue_sequence" bigint, "triggered" integer NOT NULL DEFAULT (0), "command_sequence" bigint NOT NULL DEFAULT (0))',
    );
    await queryRunner.query(
      'INSERT INTO "temporary_orders"("id", "user_id", "item", "amount", "status", "reason", "created_at_ms", "updated_at_ms") SELECT "id", "user_id", "item", "amount", "status", "reason", "created_at_ms", "updated_at_ms" FROM "orders"',
    );
    await queryRunner.query('DROP TABLE "orders"');
    await queryRunner.query('ALTER TABLE "temporary_orders" RENAME TO "orders"');
    await queryRunner.query('CREATE INDEX "ix_orders_user_id" ON "orders" ("user_id") ');
    await queryRunner.query('DROP INDEX "ix_orders_user_id"');
    await queryRunner.query(
      'CREATE TABLE "temporary_orders" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "user_id" bigint NOT NULL, "item" varchar(255) NOT NULL, "amount" decimal(10,2), "status" varchar(16) NOT NULL, "reason" varchar(32), "created_at_ms" bigint NOT NULL, "updated_at_ms" bigint NOT NULL, "request_key" varchar(160), "request_hash" varchar(32), "side" varchar(4), "type" varchar(10), "time_in_force" varchar(3), "self_trade_prevention" varchar(13), "post_only" integer, "price_ticks" bigint, "quantity_lots" bigint, "budget" bigint, "stop_ticks" bigint, "display_lots" bigint, "expires_at_ms" bigint, "filled_lots" bigint NOT NULL DEFAULT (0), "notional" decimal(38,0) NOT NULL DEFAULT (0), "visible_lots" bigint NOT NULL DEFAULT (0), "accepted_sequence" bigint, "queue_sequence" bigint, "triggered" integer NOT NULL DEFAULT (0), "command_sequence" bigint NOT NULL DEFAULT (0))',
    );
    await queryRunner.query(
      'INSERT INTO "temporary_orders"("id", "user_id", "item", "amount", "status", "reason", "created_at_ms", "updated_at_ms", "request_key", "request_hash", "side", "type", "time_in_force", "self_trade_prevention", "post_only", "price_ticks", "quantity_lots", "budget", "stop_ticks", "display_lots", "expires_at_ms", "filled_lots", "notional", "visible_lots", "accepted_sequence", "queue_sequence", "triggered", "command_sequence") SELECT "id", "user_id", "item", "amount", "status", "reason", "created_at_ms", "updated_at_ms", "request_key", "request_hash", "side", "type", "time_in_force", "self_trade_prevention", "post_only", "price_ticks", "quantity_lots", "budget", "stop_ticks", "display_lots", "expires_at_ms", "filled_lots", "notional", "visible_lots", "accepted_sequence", "queue_sequence", "triggered", "command_sequence" FROM "orders"',
    );
    await queryRunner.query('DROP TABLE "orders"');
    await queryRunner.query('ALTER TABLE "temporary_orders" RENAME TO "orders"');
    await queryRunner.query('CREATE INDEX "ix_orders_user_id" ON "orders" ("user_id") ');
    await queryRunner.query(
      'CREATE INDEX "ix_orders_status" ON "orders" ("status", "expires_at_ms") ',
    );
    await queryRunner.query(
      'CREATE INDEX "ix_orders_book" ON "orders" ("item", "status", "side", "price_ticks") ',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "ux_orders_request_key" ON "orders" ("user_id", "request_key") ',
    );
    await queryRunner.query(
      "INSERT INTO outbox_heads (topic, last_seq) VALUES ('market.events', 0)",
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DELETE FROM outbox_entries WHERE topic = 'market.events'");
    await queryRunner.query("DELETE FROM outbox_heads WHERE topic = 'market.events'");
    await queryRunner.query('DROP INDEX "ux_orders_request_key"');
    await queryRunner.query('DROP INDEX "ix_orders_book"');
    await queryRunner.query('DROP INDEX "ix_orders_status"');
    await queryRunner.query('DROP INDEX "ix_orders_user_id"');
    await queryRunner.query('ALTER TABLE "orders" RENAME TO "temporary_orders"');
    await queryRunner.query(
      'CREATE TABLE "orders" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "user_id" bigint NOT NULL, "item" varchar(255) NOT NULL, "amount" decimal(10,2) NOT NULL, "status" varchar(16) NOT NULL, "reason" varchar(32), "created_at_ms" bigint NOT NULL, "updated_at_ms" bigint NOT NULL, "request_key" varchar(160), "request_hash" varchar(32), "side" varchar(4), "type" varchar(10), "time_in_force" varchar(3), "self_trade_prevention" varchar(13), "post_only" integer, "price_ticks" bigint, "quantity_lots" bigint, "budget" bigint, "stop_ticks" bigint, "display_lots" bigint, "expires_at_ms" bigint, "filled_lots" bigint NOT NULL DEFAULT (0), "notional" decimal(38,0) NOT NULL DEFAULT (0), "visible_lots" bigint NOT NULL DEFAULT (0), "accepted_sequence" bigint, "queue_sequence" bigint, "triggered" integer NOT NULL DEFAULT (0), "command_sequence" bigint NOT NULL DEFAULT (0))',
    );
    await queryRunner.query(
      'INSERT INTO "orders"("id", "user_id", "item", "amount", "status", "reason", "created_at_ms", "updated_at_ms", "request_key", "request_hash", "side", "type", "time_in_force", "self_trade_prevention", "post_only", "price_ticks", "quantity_lots", "budget", "stop_ticks", "display_lots", "expires_at_ms", "filled_lots", "notional", "visible_lots", "accepted_sequence", "queue_sequence", "triggered", "command_sequence") SELECT "id", "user_id", "item", "amount", "status", "reason", "created_at_ms", "updated_at_ms", "request_key", "request_hash", "side", "type", "time_in_force", "self_trade_prevention", "post_only", "price_ticks", "quantity_lots", "budget", "stop_ticks", "display_lots", "expires_at_ms", "filled_lots", "notional", "visible_lots", "accepted_sequence", "queue_sequence", "triggered", "command_sequence" FROM "temporary_orders"',
    );
    await queryRunner.query('DROP TABLE "temporary_orders"');
    await queryRunner.query('CREATE INDEX "ix_orders_user_id" ON "orders" ("user_id") ');
    await queryRunner.query('DROP INDEX "ix_orders_user_id"');
    await queryRunner.query('ALTER TABLE "orders" RENAME TO "temporary_orders"');
    await queryRunner.query(
      'CREATE TABLE "orders" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "user_id" bigint NOT NULL, "item" varchar(255) NOT NULL, "amount" decimal(10,2) NOT NULL, "status" varchar(16) NOT NULL, "reason" varchar(32), "created_at_ms" bigint NOT NULL, "updated_at_ms" bigint NOT NULL)',
    );
    await queryRunner.query(
      'INSERT INTO "orders"("id", "user_id", "item", "amount", "status", "reason", "created_at_ms", "updated_at_ms") SELECT "id", "user_id", "item", "amount", "status", "reason", "created_at_ms", "updated_at_ms" FROM "temporary_orders"',
    );
    await queryRunner.query('DROP TABLE "temporary_orders"');
    await queryRunner.query('CREATE INDEX "ix_orders_user_id" ON "orders" ("user_id") ');
    await queryRunner.query('DROP INDEX "ux_trades_item"');
    await queryRunner.query('DROP INDEX "ix_trades_item_time"');
    await queryRunner.query('DROP INDEX "ix_trades_maker_order"');
    await queryRunner.query('DROP INDEX "ix_trades_taker_order"');
    await queryRunner.query('DROP INDEX "ix_trades_maker_user"');
    await queryRunner.query('DROP INDEX "ix_trades_taker_user"');
    await queryRunner.query('DROP TABLE "trades"');
    await queryRunner.query('DROP TABLE "positions"');
    await queryRunner.query('DROP TABLE "markets"');
    await queryRunner.query('DROP TABLE "candles"');
    await queryRunner.query('DROP TABLE "books"');
    await queryRunner.query('CREATE INDEX "ix_orders_item" ON "orders" ("item") ');
    await queryRunner.query('CREATE INDEX "ix_orders_status" ON "orders" ("status") ');
  }
}
