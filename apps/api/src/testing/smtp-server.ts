import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

interface ReceivedMail {
  recipients: string[];
  mail: ParsedMail;
}

/** A real SMTP server that keeps what it gets, and refuses the recipients it is told to. */
export class TestSmtpServer {
  readonly received: ReceivedMail[] = [];
  /** Answered to every recipient instead of taking the mail. */
  refusal: { responseCode: number; message: string } | null = null;

  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, callback) => {
      const { refusal } = this;
      callback(refusal && Object.assign(new Error(refusal.message), { responseCode: refusal.responseCode }));
    },
    onData: (stream, session, callback) => {
      simpleParser(stream).then((mail) => {
        this.received.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), mail });
        callback();
      }, callback);
    },
  });

  private constructor(private port: number) {}

  /** @param port 0 takes a free one */
  static async start(port = 0): Promise<TestSmtpServer> {
    const smtp = new TestSmtpServer(port);
    smtp.server.on('error', () => undefined);
    await new Promise<void>((resolve) => smtp.server.listen(port, '127.0.0.1', resolve));
    const address = smtp.server.server.address();
    if (address !== null && typeof address === 'object') smtp.port = address.port;
    return smtp;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }
}
