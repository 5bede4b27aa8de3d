import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BookOrders1795384315197 implements MigrationInterface {
  name = 'BookOrders1795384315197';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX `ix_orders_item` ON `orders`');
    await queryRunner.query('DROP INDEX `ix_orders_status` ON `orders`');
    await queryRunner.query(
      'CREATE TABLE `books` (`item` varchar(255) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NOT NULL, `sequence` bigint NOT NULL, `trade_id` bigint NOT NULL, `last_price_ticks` bigint NOT NULL, `clock_ms` bigint NOT NULL, `state` varchar(11) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NOT NULL, `min_price_ticks` bigint NOT NULL, `max_price_ticks` bigint NOT NULL, `min_quantity_lots` bigint NOT NULL, `max_quantity_lots` bigint NOT NULL, `command_sequence` bigint NOT NULL DEFAULT \'0\', PRIMARY KEY (`item`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `candles` (`item` varchar(255) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NOT NULL, `seconds` int NOT NULL, `start_ms` bigint NOT NULL, `open_ticks` bigint NOT NULL, `high_ticks` bigint NOT NULL, `low_ticks` bigint NOT NULL, `close_ticks` bigint NOT NULL, `volume_lots` decimal(38,0) NOT NULL, `notional` decimal(38,0) NOT NULL, `trades` bigint NOT NULL, PRIMARY KEY (`item`, `seconds`, `start_ms`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `markets` (`item` varchar(255) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NOT NULL, `tick_size` varchar(32) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NOT NULL, `lot_size` varchar(32) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NOT NULL, `min_price_ticks` bigint NULL, `max_price_ticks` bigint NULL, `min_quantity_lots` bigint NULL, `max_quantity_lots` bigint NULL, `state` varchar(11) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NOT NULL, `in_use` int NOT NULL DEFAULT \'0\', `updated_at_ms` bigint NOT NULL, PRIMARY KEY (`item`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `positions` (`user_id` bigint NOT NULL, `item` varchar(255) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NOT NULL, `net_lots` decimal(38,0) NOT NULL, `cost` decimal(38,0) NOT NULL, `realised` decimal(38,0) NOT NULL, `updated_at_ms` bigint NOT NULL, PRIMARY KEY (`user_id`, `item`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `trades` (`id` bigint NOT NULL AUTO_INCREMENT, `item` varchar(255) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NOT NULL, `trade_id` bigint NOT NULL, `sequence` bigint NOT NULL, `price_ticks` bigint NOT NULL, `quantity_lots` bigint NOT NULL, `maker_order_id` bigint NOT NULL, `taker_order_id` bigint NOT NULL, `maker_user_id` bigint NOT NULL, `taker_user_id` bigint NOT NULL, `taker_side` varchar(4) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NOT NULL, `executed_at_ms` bigint NOT NULL, INDEX `ix_trades_taker_user` (`taker_user_id`), INDEX `ix_trades_maker_user` (`maker_user_id`), INDEX `ix_trades_taker_order` (`taker_order_id`), INDEX `ix_trades_maker_order` (`maker_order_id`), INDEX `ix_trades_item_time` (`item`, `executed_at_ms`), UNIQUE INDEX `ux_trades_item` (`item`, `trade_id`), PRIMARY KEY (`id`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'ALTER TABLE `orders` ADD `request_key` varchar(160) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NULL',
    );
    await queryRunner.query(
      'ALTER TABLE `orders` ADD `request_hash` varchar(32) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NULL',
    );
    await queryRunner.query(
      'ALTER TABLE `orders` ADD `side` varchar(4) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NULL',
    );
    await queryRunner.query(
      'ALTER TABLE `orders` ADD `type` varchar(10) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NULL',
    );
    await queryRunner.query(
      'ALTER TABLE `orders` ADD `time_in_force` varchar(3) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NULL',
    );
    await queryRunner.query(
      'ALTER TABLE `orders` ADD `self_trade_prevention` varchar(13) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_0900_bin" NULL',
    );
    await queryRunner.query('ALTER TABLE `orders` ADD `post_only` int NULL');
    await queryRunner.query('ALTER TABLE `orders` ADD `price_ticks` bigint NULL');
    await queryRunner.query('ALTER TABLE `orders` ADD `quantity_lots` bigint NULL');
    await queryRunner.query('ALTER TABLE `orders` ADD `budget` bigint NULL');
    await queryRunner.query('ALTER TABLE `orders` ADD `stop_ticks` bigint NULL');
    await queryRunner.query('ALTER TABLE `orders` ADD `display_lots` bigint NULL');
    await queryRunner.query('ALTER TABLE `orders` ADD `expires_at_ms` bigint NULL');
    await queryRunner.query("ALTER TABLE `orders` ADD `filled_lots` bigint NOT NULL DEFAULT '0'");
    await queryRunner.query(
      "ALTER TABLE `orders` ADD `notional` decimal(38,0) NOT NULL DEFAULT '0'",
    );
    await queryRunner.query("ALTER TABLE `orders` ADD `visible_lots` bigint NOT NULL DEFAULT '0'");
    await queryRunner.query('ALTER TABLE `orders` ADD `accepted_sequence` bigint NULL');
    await queryRunner.query('ALTER TABLE `orders` ADD `queue_sequence` bigint NULL');
    await queryRunner.query("ALTER TABLE `orders` ADD `triggered` int NOT NULL DEFAULT '0'");
    await queryRunner.query(
      "ALTER TABLE `orders` ADD `command_sequence` bigint NOT NULL DEFAULT '0'",
    );
    await queryRunner.query('ALTER TABLE `orders` CHANGE `amount` `amount` decimal(10,2) NULL');
    await queryRunner.query(
      'CREATE INDEX `ix_orders_status` ON `orders` (`status`, `expires_at_ms`)',
    );
    await queryRunner.query(
      'CREATE INDEX `ix_orders_book` ON `orders` (`item`, `status`, `side`, `price_ticks`)',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX `ux_orders_request_key` ON `orders` (`user_id`, `request_key`)',
    );
    await queryRunner.query(
      "INSERT INTO outbox_heads (topic, last_seq) VALUES ('market.events', 0)",
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DELETE FROM outbox_entries WHERE topic = 'market.events'");
    await queryRunner.query("DELETE FROM outbox_heads WHERE topic = 'market.events'");
    await queryRunner.query('DROP INDEX `ux_orders_request_key` ON `orders`');
    await queryRunner.query('DROP INDEX `ix_orders_book` ON `orders`');
    await queryRunner.query('DROP INDEX `ix_orders_status` ON `orders`');
    await queryRunner.query('ALTER TABLE `orders` CHANGE `amount` `amount` decimal(10,2) NOT NULL');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `command_sequence`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `triggered`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `queue_sequence`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `accepted_sequence`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `visible_lots`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `notional`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `filled_lots`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `expires_at_ms`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `display_lots`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `stop_ticks`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `budget`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `quantity_lots`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `price_ticks`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `post_only`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `self_trade_prevention`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `time_in_force`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `type`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `side`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `request_hash`');
    await queryRunner.query('ALTER TABLE `orders` DROP COLUMN `request_key`');
    await queryRunner.query('DROP INDEX `ux_trades_item` ON `trades`');
    await queryRunner.query('DROP INDEX `ix_trades_item_time` ON `trades`');
    await queryRunner.query('DROP INDEX `ix_trades_maker_order` ON `trades`');
    await queryRunner.query('DROP INDEX `ix_trades_taker_order` ON `trades`');
    await queryRunner.query('DROP INDEX `ix_trades_maker_user` ON `trades`');
    await queryRunner.query('DROP INDEX `ix_trades_taker_user` ON `trades`');
    await queryRunner.query('DROP TABLE `trades`');
    await queryRunner.query('DROP TABLE `positions`');
    await queryRunner.query('DROP TABLE `markets`');
    await queryRunner.query('DROP TABLE `candles`');
    await queryRunner.query('DROP TABLE `books`');
    await queryRunner.query('CREATE INDEX `ix_orders_status` ON `orders` (`status`)');
    await queryRunner.query('CREATE INDEX `ix_orders_item` ON `orders` (`item`)');
  }
}
