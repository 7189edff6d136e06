comment on column sandbox_message.content is 'Sealed: sandbox.message.';
comment on column sandbox_form.content is 'Sealed: sandbox.form.';
