import type { MigrationInterface, QueryRunner } from 'typeorm';

const CREATE = [
  `CREATE TABLE "orders" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "user_id" bigint NOT NULL,
    "item" varchar(255) NOT NULL,
    "amount" decimal(10,2) NOT NULL,
    "status" varchar(16) NOT NULL,
    "reason" varchar(32),
    "created_at_ms" bigint NOT NULL,
    "updated_at_ms" bigint NOT NULL
  )`,
  `CREATE INDEX "ix_orders_user_id" ON "orders" ("user_id")`,
  `CREATE INDEX "ix_orders_item" ON "orders" ("item")`,
  `CREATE INDEX "ix_orders_status" ON "orders" ("status")`,
  `CREATE TABLE "scheduled_fills" (
    "order_id" bigint PRIMARY KEY NOT NULL,
    "due_at_ms" bigint NOT NULL,
    "request_id" varchar(128)
  )`,
  `CREATE INDEX "ix_scheduled_fills_due_at_ms" ON "scheduled_fills" ("due_at_ms")`,
  `CREATE TABLE "outbox_entries" (
    "topic" varchar(64) NOT NULL,
    "seq" bigint NOT NULL,
    "payload" text NOT NULL,
    "created_at_ms" bigint NOT NULL,
    PRIMARY KEY ("topic", "seq")
  )`,
  `CREATE TABLE "outbox_heads" (
    "topic" varchar(64) PRIMARY KEY NOT NULL,
    "last_seq" bigint NOT NULL
  )`,
  `CREATE TABLE "checkpoints" (
    "consumer_group" varchar(200) NOT NULL,
    "topic" varchar(200) NOT NULL,
    "partition_id" integer NOT NULL,
    "next_offset" bigint NOT NULL,
    "epoch" bigint NOT NULL,
    "owner" varchar(255) NOT NULL,
    "updated_at_ms" bigint NOT NULL,
    PRIMARY KEY ("consumer_group", "topic", "partition_id")
  )`,
  `INSERT INTO "outbox_heads" ("topic", "last_seq") VALUES ('order.events', 0), ('order.events.dlq', 0)`,
];

const TABLES = ['checkpoints', 'outbox_heads', 'outbox_entries', 'scheduled_fills', 'orders'];

export class InitialSchema1700000000000 implements MigrationInterface {
  name = 'InitialSchema1700000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
