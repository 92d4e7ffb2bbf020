-- What identity providers gave at a sign-in is not kept any more.
UPDATE "accounts" SET "access_token" = NULL, "refresh_token" = NULL, "id_token" = NULL
WHERE num_nonnulls("access_token", "refresh_token", "id_token") > 0;
