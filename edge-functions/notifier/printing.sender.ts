import { type MessageSender } from './message-sender.ts';

/** Without a token: prints what would be sent, as a person would read it. */
export const printingSender = (print: (line: string) => void): MessageSender => ({
  send: async (chat, message) => {
    print(`would send to ${chat}: ${message.plain}`);
    return { outcome: 'sent' };
  },
});
