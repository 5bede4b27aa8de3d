/**
 * The files that the native Kafka is given. The broker's settings are those of
 * deploy/stack.compose.yml.
 */
import { HOST } from '../settings.mjs';

/** Kafka logs through the slf4j interface; its jars bring nothing that writes the lines. */
const LOG4J_VERSION = '2.25.1';

function dependency(group, artifact, version) {
  return `    <dependency>
      <groupId>${group}</groupId>
      <artifactId>${artifact}</artifactId>
      <version>${version}</version>
    </dependency>`;
}

/** A Maven project that has nothing but the broker's runtime dependencies. */
export function mavenProject(kafkaVersion) {
  const dependencies = [
    dependency('org.apache.kafka', 'kafka_2.13', kafkaVersion),
    dependency('org.apache.logging.log4j', 'log4j-slf4j-impl', LOG4J_VERSION),
    dependency('org.apache.logging.log4j', 'log4j-core', LOG4J_VERSION),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>tradeflow</groupId>
  <artifactId>stack-kafka</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
${dependencies.join('\n')}
  </dependencies>
</project>
`;
}

/** To stdout, which the stack's scripts send to logs/kafka.log. */
export function log4jProperties() {
  return `status = warn
appender.stdout.type = Console
appender.stdout.name = STDOUT
appender.stdout.layout.type = PatternLayout
appender.stdout.layout.pattern = [%d] %p %m (%c)%n
rootLogger.level = info
rootLogger.appenderRef.stdout.ref = STDOUT
`;
}

export function serverProperties(ports, logDirectory) {
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.bootstrap.servers': `${HOST}:${ports.kafkaController}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    listeners: `PLAINTEXT://${HOST}:${ports.kafka},CONTROLLER://${HOST}:${ports.kafkaController}`,
    'advertised.listeners': `PLAINTEXT://${HOST}:${ports.kafka},CONTROLLER://${HOST}:${ports.kafkaController}`,
    'log.dirs': logDirectory,
    'auto.create.topics.enable': false,
    'min.insync.replicas': 1,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // Few partitions in Kafka's own topics: the 50 of the default make the first
    // consumer of a fresh broker wait.
    'offsets.topic.num.partitions': 5,
    'transaction.state.log.num.partitions': 5,
    'group.initial.rebalance.delay.ms': 0,
    // After a SIGKILL the controller refuses the broker until its old session has
    // run out; the default of 9 s would be most of a restart's time.
    'broker.session.timeout.ms': 5000,
    'broker.heartbeat.interval.ms': 1000,
  };
  const lines = Object.entries(properties).map(([key, value]) => `${key}=${value}`);
  return `${lines.join('\n')}\n`;
}
