/**
 * A TCP connection on which a probe writes and then reads an exact number of
 * bytes. Every step has the same deadline, since a paused server accepts a
 * connection (the kernel does) and then never answers.
 */
import net from 'node:net';

export class TcpConversation {
  #socket;
  #chunks = Buffer.alloc(0);
  #failure;
  #wake = () => {};

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (data) => {
      this.#chunks = Buffer.concat([this.#chunks, data]);
      this.#wake();
    });
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the server closed the connection')));
  }

  static async open({ host, port, timeoutMs = 2_000 }) {
    const socket = net.connect({ host, port });
    const conversation = new TcpConversation(socket);
    const timer = setTimeout(() => {
      socket.destroy(new Error(`no answer on ${host}:${port} within ${timeoutMs} ms`));
    }, timeoutMs);
    socket.once('close', () => clearTimeout(timer));
    await conversation.#until(() => !socket.connecting, 'connect');
    return conversation;
  }

  write(data) {
    this.#socket.write(data);
  }

  async read(length) {
    await this.#until(() => this.#chunks.length >= length);
    const data = this.#chunks.subarray(0, length);
    this.#chunks = this.#chunks.subarray(length);
    return data;
  }

  /** Sends what is left and closes; a goodbye needs no answer. */
  close(goodbye) {
    if (goodbye) this.#socket.end(goodbye);
    this.#socket.destroySoon();
  }

  #fail(error) {
    this.#failure ??= error;
    this.#wake();
  }

  async #until(condition, event) {
    while (!condition()) {
      if (this.#failure) throw this.#failure;
      await new Promise((resolve) => {
        this.#wake = resolve;
        if (event) this.#socket.once(event, resolve);
      });
    }
  }
}
