-- Nobody comes back into a workspace whose audit log was emptied with it.
create trigger refuse_what_is_emptied before insert or update of workspace_id on member
  for each row execute function refuse_what_is_emptied();
