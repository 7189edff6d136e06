-- What is deleted stays for as long as the bin keeps it.
comment on table webhook_endpoint is
  'Addresses of the customer''s that are told of events. Personal data: what an admin wrote about them; kept: until the deleted endpoint leaves the bin.';
