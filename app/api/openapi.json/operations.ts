import * as accountNumber from "@/app/api/account/number/route";
import * as alertRulesByRuleId from "@/app/api/alert-rules/[ruleId]/route";
import * as alertRulesBacktest from "@/app/api/alert-rules/backtest/route";
import * as alertRules from "@/app/api/alert-rules/route";
import * as alertsByAlertIdByAction from "@/app/api/alerts/[alertId]/[action]/route";
import * as alertsAssignees from "@/app/api/alerts/assignees/route";
import * as alerts from "@/app/api/alerts/route";
import * as alertsRules from "@/app/api/alerts/rules/route";
import * as analyticsProviders from "@/app/api/analytics/providers/route";
import * as analytics from "@/app/api/analytics/route";
import * as analyticsStages from "@/app/api/analytics/stages/route";
import * as versionAlertsByVersionAlertIdByAction from "@/app/api/analytics/version-alerts/[versionAlertId]/[action]/route";
import * as versionAlerts from "@/app/api/analytics/version-alerts/route";
import * as versions from "@/app/api/analytics/versions/route";
import * as auditExport from "@/app/api/audit/export/route";
import * as audit from "@/app/api/audit/route";
import * as callsByCallIdCaller from "@/app/api/calls/[callId]/caller/route";
import * as callsByCallIdCapture from "@/app/api/calls/[callId]/capture/route";
import * as callsByCallIdControl from "@/app/api/calls/[callId]/control/route";
import * as callsByCallIdExport from "@/app/api/calls/[callId]/export/route";
import * as callsByCallIdListen from "@/app/api/calls/[callId]/listen/route";
import * as callsByCallIdNotes from "@/app/api/calls/[callId]/notes/route";
import * as callsByCallIdRecording from "@/app/api/calls/[callId]/recording/route";
import * as callsByCallIdReplay from "@/app/api/calls/[callId]/replay/route";
import * as callsByCallIdReview from "@/app/api/calls/[callId]/review/route";
import * as callsByCallId from "@/app/api/calls/[callId]/route";
import * as calls from "@/app/api/calls/route";
import * as connectApply from "@/app/api/connect/apply/route";
import * as connectChangesByChangeIdRestore from "@/app/api/connect/changes/[changeId]/restore/route";
import * as connectCheck from "@/app/api/connect/check/route";
import * as connectKey from "@/app/api/connect/key/route";
import * as connect from "@/app/api/connect/route";
import * as controlCalls from "@/app/api/control/calls/route";
import * as controlSettings from "@/app/api/control/settings/route";
import * as conversationsByUuidCapture from "@/app/api/conversations/[uuid]/capture/route";
import * as conversationsByUuidContext from "@/app/api/conversations/[uuid]/context/route";
import * as conversationsByUuid from "@/app/api/conversations/[uuid]/route";
import * as conversationsByUuidVersionsByVersionRestore from "@/app/api/conversations/[uuid]/versions/[version]/restore/route";
import * as conversationsByUuidVersionsByVersion from "@/app/api/conversations/[uuid]/versions/[version]/route";
import * as conversationsByUuidVersions from "@/app/api/conversations/[uuid]/versions/route";
import * as conversations from "@/app/api/conversations/route";
import * as credentialsByCredentialIdRotate from "@/app/api/credentials/[credentialId]/rotate/route";
import * as credentialsByCredentialId from "@/app/api/credentials/[credentialId]/route";
import * as credentialsAddresses from "@/app/api/credentials/addresses/route";
import * as credentials from "@/app/api/credentials/route";
import * as dialingCheck from "@/app/api/dialing/check/route";
import * as dialingDoNotCallByNumberHash from "@/app/api/dialing/do-not-call/[numberHash]/route";
import * as dialingDoNotCall from "@/app/api/dialing/do-not-call/route";
import * as dialingRules from "@/app/api/dialing/rules/route";
import * as dialingTransfers from "@/app/api/dialing/transfers/route";
import * as escalationPoliciesByPolicyId from "@/app/api/escalation-policies/[policyId]/route";
import * as escalationPolicies from "@/app/api/escalation-policies/route";
import * as eventsByEventKeyReplay from "@/app/api/events/[eventKey]/replay/route";
import * as eventsByEventKey from "@/app/api/events/[eventKey]/route";
import * as events from "@/app/api/events/route";
import * as forwardingTargetsByTargetIdDeliveries from "@/app/api/forwarding-targets/[targetId]/deliveries/route";
import * as forwardingTargetsByTargetIdReplay from "@/app/api/forwarding-targets/[targetId]/replay/route";
import * as forwardingTargetsByTargetId from "@/app/api/forwarding-targets/[targetId]/route";
import * as forwardingTargetsByTargetIdTest from "@/app/api/forwarding-targets/[targetId]/test/route";
import * as forwardingTargets from "@/app/api/forwarding-targets/route";
import * as healthDetail from "@/app/api/health/detail/route";
import * as healthGaps from "@/app/api/health/gaps/route";
import * as health from "@/app/api/health/route";
import * as healthSetAsideRetry from "@/app/api/health/set-aside/retry/route";
import * as importsByImportId from "@/app/api/imports/[importId]/route";
import * as imports from "@/app/api/imports/route";
import * as incidentsByIncidentIdByAction from "@/app/api/incidents/[incidentId]/[action]/route";
import * as incidentsByIncidentId from "@/app/api/incidents/[incidentId]/route";
import * as incidents from "@/app/api/incidents/route";
import * as incidentsRules from "@/app/api/incidents/rules/route";
import * as invitationsByInvitationId from "@/app/api/invitations/[invitationId]/route";
import * as invitationsAccept from "@/app/api/invitations/accept/route";
import * as invitations from "@/app/api/invitations/route";
import * as issuesByIssueIdByAction from "@/app/api/issues/[issueId]/[action]/route";
import * as issues from "@/app/api/issues/route";
import * as keysByKeyId from "@/app/api/keys/[keyId]/route";
import * as keys from "@/app/api/keys/route";
import * as knowledgeByDocumentId from "@/app/api/knowledge/[documentId]/route";
import * as knowledgePreview from "@/app/api/knowledge/preview/route";
import * as knowledge from "@/app/api/knowledge/route";
import * as notificationChannelsByChannelId from "@/app/api/notification-channels/[channelId]/route";
import * as notificationChannelsByChannelIdTest from "@/app/api/notification-channels/[channelId]/test/route";
import * as notificationChannels from "@/app/api/notification-channels/route";
import * as notificationsByNotificationIdRetry from "@/app/api/notifications/[notificationId]/retry/route";
import * as notifications from "@/app/api/notifications/route";
import * as peopleByUserIdResetLink from "@/app/api/people/[userId]/reset-link/route";
import * as peopleByUserId from "@/app/api/people/[userId]/route";
import * as peopleByUserIdSecondFactor from "@/app/api/people/[userId]/second-factor/route";
import * as peopleByUserIdSessions from "@/app/api/people/[userId]/sessions/route";
import * as people from "@/app/api/people/route";
import * as privacyDeletion from "@/app/api/privacy/deletion/route";
import * as privacyMasking from "@/app/api/privacy/masking/route";
import * as privacyPreview from "@/app/api/privacy/preview/route";
import * as privacyRetention from "@/app/api/privacy/retention/route";
import * as pulse from "@/app/api/pulse/route";
import * as pushSubscriptionsBySubscriptionId from "@/app/api/push-subscriptions/[subscriptionId]/route";
import * as pushSubscriptions from "@/app/api/push-subscriptions/route";
import * as pusherAuth from "@/app/api/pusher/auth/route";
import * as pusherGeneration from "@/app/api/pusher/generation/route";
import * as rejections from "@/app/api/rejections/route";
import * as reportViewsByViewId from "@/app/api/report-views/[viewId]/route";
import * as reportViews from "@/app/api/report-views/route";
import * as reportsColumns from "@/app/api/reports/columns/route";
import * as reportsCount from "@/app/api/reports/count/route";
import * as reportsExport from "@/app/api/reports/export/route";
import * as reportsFacets from "@/app/api/reports/facets/route";
import * as reports from "@/app/api/reports/route";
import * as reportsTags from "@/app/api/reports/tags/route";
import * as routingDryRun from "@/app/api/routing/dry-run/route";
import * as routingLatency from "@/app/api/routing/latency/route";
import * as routingRequests from "@/app/api/routing/requests/route";
import * as routing from "@/app/api/routing/route";
import * as secondFactor from "@/app/api/second-factor/route";
import * as sessionsBySessionId from "@/app/api/sessions/[sessionId]/route";
import * as sessions from "@/app/api/sessions/route";
import * as setup from "@/app/api/setup/route";
import * as simulation from "@/app/api/simulation/route";
import * as toolsByToolNameRun from "@/app/api/tools/[toolName]/run/route";
import * as toolsDirectoryByEntryId from "@/app/api/tools/directory/[entryId]/route";
import * as toolsDirectory from "@/app/api/tools/directory/route";
import * as toolsEndpointsByEndpointId from "@/app/api/tools/endpoints/[endpointId]/route";
import * as toolsEndpoints from "@/app/api/tools/endpoints/route";
import * as toolsMail from "@/app/api/tools/mail/route";
import * as tools from "@/app/api/tools/route";
import * as vapiResources from "@/app/api/vapi/resources/route";
import * as watchers from "@/app/api/watchers/route";
import * as welcome from "@/app/api/welcome/route";
import * as metrics from "@/app/metrics/route";
import type { Operation } from "@/lib/openapi/operation";

/** Every module with routes made by `route()`, in the order of the document. */
const modules = [
  calls,
  callsByCallId,
  callsByCallIdReplay,
  callsByCallIdCaller,
  callsByCallIdCapture,
  callsByCallIdExport,
  callsByCallIdControl,
  callsByCallIdListen,
  callsByCallIdRecording,
  callsByCallIdReview,
  callsByCallIdNotes,
  controlCalls,
  controlSettings,
  watchers,
  pulse,
  alerts,
  alertsByAlertIdByAction,
  alertsAssignees,
  alertsRules,
  alertRules,
  alertRulesByRuleId,
  alertRulesBacktest,
  incidents,
  incidentsByIncidentId,
  incidentsByIncidentIdByAction,
  incidentsRules,
  reports,
  reportsExport,
  analytics,
  analyticsStages,
  versions,
  versionAlerts,
  versionAlertsByVersionAlertIdByAction,
  analyticsProviders,
  reportsCount,
  reportsFacets,
  reportsTags,
  reportViews,
  conversations,
  conversationsByUuid,
  conversationsByUuidCapture,
  conversationsByUuidContext,
  conversationsByUuidVersions,
  conversationsByUuidVersionsByVersion,
  conversationsByUuidVersionsByVersionRestore,
  events,
  eventsByEventKey,
  eventsByEventKeyReplay,
  forwardingTargets,
  forwardingTargetsByTargetId,
  forwardingTargetsByTargetIdDeliveries,
  forwardingTargetsByTargetIdReplay,
  forwardingTargetsByTargetIdTest,
  health,
  healthDetail,
  metrics,
  healthGaps,
  healthSetAsideRetry,
  tools,
  toolsByToolNameRun,
  toolsMail,
  toolsEndpoints,
  toolsEndpointsByEndpointId,
  toolsDirectory,
  toolsDirectoryByEntryId,
  vapiResources,
  connect,
  connectKey,
  connectApply,
  connectCheck,
  connectChangesByChangeIdRestore,
  imports,
  importsByImportId,
  routing,
  routingDryRun,
  routingRequests,
  routingLatency,
  knowledge,
  knowledgeByDocumentId,
  knowledgePreview,
  dialingRules,
  dialingTransfers,
  dialingCheck,
  dialingDoNotCall,
  dialingDoNotCallByNumberHash,
  issues,
  issuesByIssueIdByAction,
  escalationPolicies,
  escalationPoliciesByPolicyId,
  notificationChannels,
  notificationChannelsByChannelId,
  notificationChannelsByChannelIdTest,
  notifications,
  notificationsByNotificationIdRetry,
  people,
  peopleByUserId,
  peopleByUserIdResetLink,
  peopleByUserIdSessions,
  peopleByUserIdSecondFactor,
  secondFactor,
  invitations,
  invitationsByInvitationId,
  keys,
  keysByKeyId,
  credentials,
  credentialsByCredentialId,
  credentialsByCredentialIdRotate,
  credentialsAddresses,
  rejections,
  setup,
  privacyRetention,
  privacyMasking,
  privacyPreview,
  privacyDeletion,
  audit,
  auditExport,
  reportsColumns,
  reportViewsByViewId,
  simulation,
  pusherAuth,
  pusherGeneration,
  accountNumber,
  sessions,
  sessionsBySessionId,
  pushSubscriptions,
  pushSubscriptionsBySubscriptionId,
  welcome,
  invitationsAccept,
];

/** The operations of the HTTP API, as its routes define them. */
export const operations: readonly Operation[] = modules.flatMap((module) =>
  Object.values(module).flatMap((member) => (typeof member === "function" ? member.operation : [])),
);
