import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE_OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin';
const TEXT = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin';

const CREATE = [
  `CREATE TABLE orders (
    id bigint NOT NULL AUTO_INCREMENT,
    user_id bigint NOT NULL,
    item varchar(255) ${TEXT} NOT NULL,
    amount decimal(10,2) NOT NULL,
    status varchar(16) ${TEXT} NOT NULL,
    reason varchar(32) ${TEXT} NULL,
    created_at_ms bigint NOT NULL,
    updated_at_ms bigint NOT NULL,
    PRIMARY KEY (id),
    INDEX ix_orders_user_id (user_id),
    INDEX ix_orders_item (item),
    INDEX ix_orders_status (status)
  ) ${TABLE_OPTIONS}`,
  `CREATE TABLE scheduled_fills (
    order_id bigint NOT NULL,
    due_at_ms bigint NOT NULL,
    request_id varchar(128) ${TEXT} NULL,
    PRIMARY KEY (order_id),
    INDEX ix_scheduled_fills_due_at_ms (due_at_ms)
  ) ${TABLE_OPTIONS}`,
  `CREATE TABLE outbox_entries (
    topic varchar(64) ${TEXT} NOT NULL,
    seq bigint NOT NULL,
    payload mediumtext ${TEXT} NOT NULL,
    created_at_ms bigint NOT NULL,
    PRIMARY KEY (topic, seq)
  ) ${TABLE_OPTIONS}`,
  `CREATE TABLE outbox_heads (
    topic varchar(64) ${TEXT} NOT NULL,
    last_seq bigint NOT NULL,
    PRIMARY KEY (topic)
  ) ${TABLE_OPTIONS}`,
  `CREATE TABLE checkpoints (
    consumer_group varchar(200) ${TEXT} NOT NULL,
    topic varchar(200) ${TEXT} NOT NULL,
    partition_id int NOT NULL,
    next_offset bigint NOT NULL,
    epoch bigint NOT NULL,
    owner varchar(255) ${TEXT} NOT NULL,
    updated_at_ms bigint NOT NULL,
    PRIMARY KEY (consumer_group, topic, partition_id)
  ) ${TABLE_OPTIONS}`,
  `INSERT INTO outbox_heads (topic, last_seq) VALUES ('order.events', 0), ('order.events.dlq', 0)`,
];

const TABLES = ['checkpoints', 'outbox_heads', 'outbox_entries', 'scheduled_fills', 'orders'];

export class InitialSchema1700000000000 implements MigrationInterface {
  name = 'InitialSchema1700000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.query(`DROP TABLE ${table}`);
  }
}
