-- What the function "logger" records: each event once, by its id.
create table public.webhook_events (
  id text primary key,
  type text not null,
  subject text not null,
  sequence bigint not null,
  previous_event_id text,
  order_id text,
  client_id text,
  product_id text,
  status text,
  -- In minor units of the currency: 2500 EUR is 25.00 euros.
  amount bigint,
  currency text,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  payload jsonb not null
);

create index webhook_events_by_subject on public.webhook_events (subject, sequence);
create index webhook_events_by_time on public.webhook_events (occurred_at);

-- No policy: with row level security on, only the service role, which passes it by, reads and writes.
alter table public.webhook_events enable row level security;
revoke all on public.webhook_events from anon, authenticated;
grant select, insert on public.webhook_events to service_role;
