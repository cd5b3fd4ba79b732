import { machineCpu, otherCpuPercent } from '../../meters/machine-usage.js';
import { byName, cpuSeconds, difference, sum } from '../../meters/process-usage.js';
import { faultOf } from '../delivery-measurement.js';
import { ProductSender, Subscription } from '../product/product-sender.js';
import { BAD_BEHAVIOURS, BadBehaviour } from '../receiver/behaviour.js';
import { Window } from '../receiver/receipts.js';
import { Receiver } from '../receiver/receiver.js';
import { BadRecord, FairnessRound, failedAttempts, faultOfBad, PhaseFigures } from './fairness-round.js';

/** To every subscriber, good or bad: 500 a second to ten healthy ones. */
const EACH_PER_SECOND = 50;

/** The slowest hundredth of what ten subscribers get in this time is 15 or 25 callbacks. */
const ALONE_S = 3;
const FIRST_S = 5;

/** Past the publisher's deadline of 15 s: a window of 32 is full after 0.7 s, and all of it fails by 15.7 s. */
const BAD_S = 16;

/**
 * Before every measurement, not part of it. 50 successes: whoever turns bad then has the full window of 32, the most
 * connections that an endpoint can hold.
 */
const LEAD_S = 1;

/** Sent as fast as it goes, and thrown away: it compiles the hot code and opens the connections. */
const WARM_UP_EACH = 500;

interface Load {
  /** Who gets events, in turn. */
  to: readonly Subscription[];
  /** How many each of them gets. */
  each: number;
  /** To each; as fast as it goes where it is left out. */
  perSecond?: number;
  /** Who of them answers 200; all where it is left out. */
  well?: readonly Subscription[];
}

interface Loaded {
  /** The first event, in epoch milliseconds. */
  startedAt: number;
  otherCpuPercent: number;
  fault: string | undefined;
}

interface Alone {
  figures: readonly PhaseFigures[];
  fault: string | undefined;
}

/** Rounds one after the other: the healthy subscribers alone, then with three that turn bad. */
export class FairnessRounds {
  /** Callbacks to each of the healthy ones so far. */
  #each = 0;
  /** Of the last time that they were alone. */
  #alone: Alone | undefined;

  constructor(
    private readonly product: ProductSender,
    private readonly receiver: Receiver,
    private readonly healthy: readonly Subscription[],
  ) {}

  /** Warms up and measures the healthy ones alone, before the first round. */
  async begin(): Promise<void> {
    await this.#load({ to: this.healthy, each: WARM_UP_EACH });
    this.#alone = await this.#measureAlone();
  }

  /** The bad ones are new in every round, because the publisher remembers who failed; behind it they are disabled. */
  async measure(): Promise<FairnessRound> {
    const before = this.#alone;
    const bad = await this.#subscribeMore();
    const all = [...this.healthy, ...bad];
    const lead = await this.#load({ to: all, ...steadily(LEAD_S) });
    await this.#behave(bad, BAD_BEHAVIOURS);
    const withBad = await this.#load({ to: all, well: this.healthy, ...steadily(BAD_S) });
    const firstEnds = withBad.startedAt + FIRST_S * 1000;
    const first = await this.#figures(withBad, { until: firstEnds });
    const after = await this.#figures(withBad, { from: firstEnds });
    const records = await Promise.all(BAD_BEHAVIOURS.map((behaviour, index) => this.#recordOf(behaviour, bad[index])));
    await this.product.each('webhooks.disable', bad);
    await this.#behave(bad, []);
    const behind = await this.#measureAlone();
    this.#alone = behind;
    const fault = before?.fault ?? lead.fault ?? withBad.fault ?? faultOfBad(records) ?? behind.fault;
    const alone = [...(before?.figures ?? []), ...behind.figures];
    const phases = { alone, first: [first], after: [after] };
    return { phases, failedAttempts: failedAttempts(records), ...(fault !== undefined && { voidBecause: fault }) };
  }

  async #measureAlone(): Promise<Alone> {
    const lead = await this.#load({ to: this.healthy, ...steadily(LEAD_S) });
    const alone = await this.#load({ to: this.healthy, ...steadily(ALONE_S) });
    return { figures: [await this.#figures(alone, {})], fault: lead.fault ?? alone.fault };
  }

  async #subscribeMore(): Promise<readonly Subscription[]> {
    const taken = this.product.subscriptions.length;
    return this.product.subscribe(this.receiver.urls.slice(taken, taken + BAD_BEHAVIOURS.length));
  }

  /** The newest subscriptions have the last endpoints. Without a behaviour they are well. */
  async #behave(newest: readonly Subscription[], behaviours: readonly BadBehaviour[]): Promise<void> {
    const firstOfThem = this.product.subscriptions.length - newest.length;
    const byEndpoint = newest.map((_, index) => [firstOfThem + index, behaviours[index] ?? 'well']);
    await this.receiver.behave(Object.fromEntries(byEndpoint));
  }

  /** From the first event until every callback to those that are well is received and recorded. */
  async #load({ to, each, perSecond, well = to }: Load): Promise<Loaded> {
    const callbacks = well.length * each;
    await this.receiver.expect(callbacks, this.product.subscriptions);
    const machineBefore = machineCpu();
    const cpuBefore = this.#cpuSeconds();
    const rate = perSecond === undefined ? {} : { perSecond: perSecond * to.length };
    const { startedAt } = await this.product.publish({ events: each * to.length, ...rate }, to);
    await this.receiver.complete();
    const ours = sum(difference(this.#cpuSeconds(), cpuBefore));
    const others = otherCpuPercent(machineBefore, machineCpu(), ours);
    const fault = faultOf(await this.receiver.report(), callbacks) ?? (await this.#faultOfRecords(each));
    return { startedAt, otherCpuPercent: others, fault };
  }

  async #faultOfRecords(each: number): Promise<string | undefined> {
    this.#each += each;
    const ids = this.healthy.map(({ id }) => id);
    const deliveries = this.#each * ids.length;
    await this.product.book.recordedOf(ids, deliveries);
    return this.product.book.faultOf(ids, deliveries);
  }

  async #figures({ otherCpuPercent: others }: Loaded, window: Window): Promise<PhaseFigures> {
    return { ...(await this.receiver.latency(window)), otherCpuPercent: others };
  }

  async #recordOf(behaviour: BadBehaviour, subscription: Subscription | undefined): Promise<BadRecord> {
    const ids = subscription === undefined ? [] : [subscription.id];
    return { behaviour, answered: LEAD_S * EACH_PER_SECOND, ...(await this.product.book.tallyOf(ids)) };
  }

  #cpuSeconds(): Record<string, number> {
    const { publisher, source, servers } = this.product;
    return byName([publisher, source, this.receiver.process, ...servers], cpuSeconds);
  }
}

const steadily = (seconds: number) => ({ each: seconds * EACH_PER_SECOND, perSecond: EACH_PER_SECOND });
