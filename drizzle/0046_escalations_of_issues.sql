ALTER TABLE "escalations" ADD COLUMN "issue_id" text;--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_issue_id_vapi_issues_id_fk" FOREIGN KEY ("issue_id") REFERENCES "public"."vapi_issues"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "escalations_issue" ON "escalations" USING btree ("issue_id","policy_id");