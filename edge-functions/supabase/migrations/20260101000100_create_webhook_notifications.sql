-- What the function "notifier" remembers: which event each chat was told of, and who is telling it right now.
create table public.webhook_notifications (
  event_id text not null,
  chat_id text not null,
  claim_token text not null,
  claimed_until timestamptz not null,
  finished_as text check (finished_as in ('sent', 'refused')),
  finished_at timestamptz,
  primary key (event_id, chat_id)
);

-- For whoever clears it out: delete from public.webhook_notifications where finished_at < now() - interval '30 days'.
create index webhook_notifications_by_time on public.webhook_notifications (finished_at);

-- No policy: with row level security on, only the service role, which passes it by, reads and writes.
alter table public.webhook_notifications enable row level security;
revoke all on public.webhook_notifications from anon, authenticated;
grant select, insert, update, delete on public.webhook_notifications to service_role;
