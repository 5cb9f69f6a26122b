{{- define "tare.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* A CronJob's name may have 52 characters: its Jobs get eleven more. Suffixes of ours take up to 14. */}}
{{- define "tare.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 38 | trimSuffix "-" -}}
{{- else if contains (include "tare.name" .) .Release.Name -}}
{{- .Release.Name | trunc 38 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "tare.name" .) | trunc 38 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "tare.selectorLabels" -}}
app.kubernetes.io/name: {{ include "tare.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "tare.labels" -}}
{{ include "tare.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "tare.podLabels" -}}
{{- merge (include "tare.selectorLabels" . | fromYaml) .Values.commonLabels .Values.podLabels | toYaml -}}
{{- end -}}

{{- define "tare.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "tare.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "tare.image" -}}
{{- $repository := required "image.repository: name the repository that the image was pushed to" .Values.image.repository -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" $repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "tare.claimName" -}}
{{- default (include "tare.fullname" .) .Values.persistence.existingClaim -}}
{{- end -}}

{{- define "tare.hasWaivers" -}}
{{- if or .Values.waivers.content .Values.waivers.existingConfigMap -}}yes{{- end -}}
{{- end -}}

{{/* Whether pods that scan talk to the API server. */}}
{{- define "tare.hasToken" -}}
{{- if or .Values.kubernetes.enabled .Values.policyReports.enabled -}}yes{{- end -}}
{{- end -}}

{{- define "tare.policyReportNamespace" -}}
{{- default .Release.Namespace .Values.policyReports.namespace -}}
{{- end -}}

{{/* One of its kind in the cluster, and a label's value. */}}
{{- define "tare.policyReportOwner" -}}
{{- $name := include "tare.fullname" . -}}
{{- $owner := printf "%s.%s" .Release.Namespace $name -}}
{{- gt (len $owner) 63 | ternary (printf "%s.%s" (.Release.Namespace | sha256sum | trunc 16) $name) $owner -}}
{{- end -}}

{{/* Refuses a target in this cluster that the permissions do not fit: the run would be, every night. */}}
{{- define "tare.checkTargets" -}}
{{- range .Values.targets -}}
{{- if regexMatch "^k8s:(/|$)" . -}}
{{- $namespace := trimPrefix "k8s:" . | trimPrefix "/" -}}
{{- if not $.Values.kubernetes.enabled -}}
{{- fail (printf "targets: %s takes kubernetes.enabled, so that Tare may list what runs; with a kubeconfig of your own, name its context" .) -}}
{{- end -}}
{{- if and $.Values.kubernetes.namespaces (not (has $namespace $.Values.kubernetes.namespaces)) -}}
{{- fail (printf "targets: %s is not among kubernetes.namespaces; name k8s:/NAMESPACE for each of them, or leave them out to list all" .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* tare.yaml: what the chart decides, and the user's other keys. */}}
{{- define "tare.configuration" -}}
{{- $policies := list -}}
{{- range .Values.policies.configMaps -}}
{{- $policies = append $policies (printf "/etc/tare/policies/%s/%s" .name .key) -}}
{{- end -}}
{{- $policies = concat $policies .Values.policies.oci -}}
{{- $targets := required "targets: name at least one, for example registry.example.com" .Values.targets -}}
{{- include "tare.checkTargets" . -}}
{{- $own := dict "targets" $targets "output" "/var/lib/tare/reports" "tickets" .Values.tickets.system "vulnerabilities" .Values.vulnerabilities.update "vulnerabilities-max-age" .Values.vulnerabilities.maxAge -}}
{{- if not .Values.postgresql.existingSecret -}}
{{- $own = set $own "state" "/var/lib/tare/state" -}}
{{- end -}}
{{- if $policies -}}
{{- $own = set $own "policy" $policies -}}
{{- end -}}
{{- if include "tare.hasWaivers" . -}}
{{- $own = set $own "waivers" "/etc/tare/waivers/waivers.yaml" -}}
{{- end -}}
{{- if .Values.vulnerabilities.vexConfigMap -}}
{{- $own = set $own "vex" "/etc/tare/vex" -}}
{{- end -}}
{{- with .Values.tickets.project -}}
{{- $own = set $own "tickets-project" . -}}
{{- end -}}
{{- if ne .Values.digest.format "none" -}}
{{- $own = set $own "digest" .Values.digest.format -}}
{{- with .Values.digest.link -}}
{{- $own = set $own "digest-link" . -}}
{{- end -}}
{{- end -}}
{{- with .Values.metrics.pushgateway.url -}}
{{- $own = set $own "push-metrics" . -}}
{{- end -}}
{{- if .Values.policyReports.enabled -}}
{{- $own = set $own "apply-policy-reports" (printf "k8s:%s" (.Values.policyReports.besideWorkloads | ternary "" (printf "/%s" (include "tare.policyReportNamespace" .)))) -}}
{{- $own = set $own "policy-report-owner" (include "tare.policyReportOwner" .) -}}
{{- end -}}
{{- merge $own .Values.config | toYaml -}}
{{- end -}}

{{/* Changes when anything changes that the pod reads from the chart's ConfigMap. */}}
{{- define "tare.checksum" -}}
{{- printf "%s\n%s" (include "tare.configuration" .) (toYaml .Values.waivers.content) | sha256sum -}}
{{- end -}}

{{- define "tare.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "tare.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "tare.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* What a pod reads. */}}
{{- define "tare.inputMounts" -}}
- name: configuration
  mountPath: /etc/tare/configuration
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- range .Values.policies.configMaps }}
- name: policy-{{ .name }}
  mountPath: /etc/tare/policies/{{ .name }}
  readOnly: true
{{- end }}
{{- if include "tare.hasWaivers" . }}
- name: waivers
  mountPath: /etc/tare/waivers
  readOnly: true
{{- end }}
{{- if .Values.vulnerabilities.vexConfigMap }}
- name: vex
  mountPath: /etc/tare/vex
  readOnly: true
{{- end }}
{{- if .Values.registry.credentials }}
- name: registry-credentials
  mountPath: /etc/tare/registry
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "tare.inputVolumes" -}}
- name: configuration
  configMap:
    name: {{ include "tare.fullname" . }}
    items:
      - key: tare.yaml
        path: tare.yaml
# Java unpacks the native libraries for gzip and zstd here.
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- range .Values.policies.configMaps }}
- name: policy-{{ .name }}
  configMap:
    name: {{ .name }}
    items:
      - key: {{ .key }}
        path: {{ .key }}
{{- end }}
{{- if include "tare.hasWaivers" . }}
- name: waivers
  configMap:
    name: {{ default (include "tare.fullname" .) .Values.waivers.existingConfigMap }}
    items:
      - key: waivers.yaml
        path: waivers.yaml
{{- end }}
{{- with .Values.vulnerabilities.vexConfigMap }}
- name: vex
  configMap:
    name: {{ . }}
{{- end }}
{{- if .Values.registry.credentials }}
- name: registry-credentials
  projected:
    defaultMode: 0440
    sources:
      {{- range $index, $name := .Values.registry.credentials }}
      - secret:
          name: {{ $name }}
          items:
            - key: .dockerconfigjson
              path: {{ printf "%02d-%s.json" $index $name }}
      {{- end }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "tare.env" -}}
{{- if .Values.postgresql.existingSecret }}
- name: TARE_STATE
  valueFrom:
    secretKeyRef:
      name: {{ .Values.postgresql.existingSecret }}
      key: {{ .Values.postgresql.key }}
{{- end }}
{{- if .Values.registry.credentials }}
- name: TARE_REGISTRY_SECRETS
  value: /etc/tare/registry
{{- end }}
{{- with .Values.tickets }}
{{- if .existingSecret }}
- name: TARE_TICKETS_TOKEN
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .key }}
{{- end }}
{{- end }}
{{- with .Values.digest }}
{{- if .existingSecret }}
- name: TARE_DIGEST_URL
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .key }}
{{- if .tokenKey }}
- name: TARE_DIGEST_TOKEN
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .tokenKey }}
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.metrics.pushgateway }}
{{- if .existingSecret }}
- name: TARE_PUSH_METRICS
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .key }}
{{- end }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The spec of a Job that scans once: of the schedule's jobs and of the one after an install. */}}
{{- define "tare.jobSpec" -}}
backoffLimit: {{ .Values.backoffLimit }}
activeDeadlineSeconds: {{ .Values.activeDeadlineSeconds }}
podFailurePolicy:
  rules:
    # A node that is drained or a pod that is evicted is no failed scan: the next pod resumes it.
    - action: Ignore
      onPodConditions:
        - type: DisruptionTarget
          status: "True"
    # 2: wrong configuration. 3: scanned, reported, and some images could not be inspected. Trying again changes neither.
    - action: FailJob
      onExitCodes:
        containerName: tare
        operator: In
        values: [2, 3]
    # Anything else may pass (registry unreachable, state in use, out of memory) and counts towards backoffLimit.
template:
  metadata:
    labels:
      {{- include "tare.podLabels" . | nindent 6 }}
    annotations:
      checksum/configuration: {{ include "tare.checksum" . }}
      {{- with .Values.podAnnotations }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
  spec:
    restartPolicy: Never
    serviceAccountName: {{ include "tare.serviceAccountName" . }}
    automountServiceAccountToken: {{ ne (include "tare.hasToken" .) "" }}
    enableServiceLinks: false
    # As long as a scan needs to stop at its next commit.
    terminationGracePeriodSeconds: 90
    securityContext:
      {{- include "tare.podSecurityContext" . | nindent 6 }}
    {{- with include "tare.placement" . | trim }}
    {{- . | nindent 4 }}
    {{- end }}
    containers:
      - name: tare
        image: {{ include "tare.image" . }}
        imagePullPolicy: {{ .Values.image.pullPolicy }}
        # Findings are results, not failures: they never make the Job fail.
        args: [scan, --config, /etc/tare/configuration/tare.yaml, --fail-on, never]
        {{- with include "tare.env" . | trim }}
        env:
          {{- . | nindent 10 }}
        {{- end }}
        securityContext:
          {{- include "tare.securityContext" . | nindent 10 }}
        resources:
          {{- toYaml .Values.resources | nindent 10 }}
        volumeMounts:
          - name: data
            mountPath: /var/lib/tare
          {{- include "tare.inputMounts" . | nindent 10 }}
    volumes:
      - name: data
        {{- if .Values.persistence.enabled }}
        persistentVolumeClaim:
          claimName: {{ include "tare.claimName" . }}
        {{- else }}
        emptyDir: {}
        {{- end }}
      {{- include "tare.inputVolumes" . | nindent 6 }}
{{- end -}}
