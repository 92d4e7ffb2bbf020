CREATE TABLE "version_alerts" (
	"assistant" text NOT NULL,
	"version" text NOT NULL,
	"assistant_name" text,
	"baseline" text NOT NULL,
	"metrics" jsonb NOT NULL,
	"calls" jsonb NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closed_because" text,
	CONSTRAINT "version_alerts_assistant_version_pk" PRIMARY KEY("assistant","version")
);
--> statement-breakpoint
CREATE INDEX "version_alerts_open" ON "version_alerts" USING btree ("opened_at") WHERE "version_alerts"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "call_figures_version" ON "call_figures" USING btree ("assistant","version","at");