-- No key comes back into a workspace whose audit log was emptied with it.
create trigger refuse_what_is_emptied before insert or update of workspace_id, wrapped on data_key
  for each row when (new.wrapped is not null) execute function refuse_what_is_emptied();
