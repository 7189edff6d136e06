-- Since when the holder has it, and what it says of what it holds: a console is served by any replica.
alter table lease add column taken_at timestamptz not null default clock_timestamp();
alter table lease add column said text check (length(said) <= 1000);
