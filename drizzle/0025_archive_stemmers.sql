-- The stemmers alone, without their lists of words too common to count: "will" and "can" are found like any word.
CREATE TEXT SEARCH DICTIONARY "archive_english" (TEMPLATE = snowball, LANGUAGE = english);--> statement-breakpoint
CREATE TEXT SEARCH DICTIONARY "archive_spanish" (TEMPLATE = snowball, LANGUAGE = spanish);--> statement-breakpoint
CREATE TEXT SEARCH DICTIONARY "archive_french" (TEMPLATE = snowball, LANGUAGE = french);--> statement-breakpoint
CREATE TEXT SEARCH DICTIONARY "archive_german" (TEMPLATE = snowball, LANGUAGE = german);
