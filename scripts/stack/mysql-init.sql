-- What a fresh MySQL of the developer stack needs; one statement a line, since mysqld's --init-file reads it so.
-- Native mode runs it at every start (hence IF NOT EXISTS), the container once.
-- All privileges, because tests create a database each. Reached on the loopback address only.
CREATE DATABASE IF NOT EXISTS orders CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;
CREATE USER IF NOT EXISTS 'tradeflow'@'%' IDENTIFIED WITH caching_sha2_password BY 'tradeflow';
GRANT ALL PRIVILEGES ON *.* TO 'tradeflow'@'%' WITH GRANT OPTION;
