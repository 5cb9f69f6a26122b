# METADATA
# description: An image that breaks no rule of the profile prod, for tests to change one thing of; and tools to put into it.
package tare.lib.image_test

clean := {
	"schemaVersion": "2",
	"evaluatedAt": "2026-11-21T02:00:00Z",
	"profile": "prod",
	"image": {
		"registry": "registry.example.com",
		"repository": "team/app",
		"tags": [
			"1.2",
		],
		"digest": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"indexDigest": null,
		"mediaType": "application/vnd.oci.image.manifest.v1+json",
		"platform": {
			"os": "linux",
			"architecture": "amd64",
			"variant": null,
		},
		"created": "2026-11-09T10:00:00Z",
		"ageDays": 11,
		"labels": {"org.opencontainers.image.revision": "4f0c1d2"},
		"annotations": {},
		"config": {
			"user": "10001",
			"exposedPorts": [
				"8080/tcp",
			],
			"volumes": [],
			"env": [
				{
					"name": "PATH",
					"value": "/usr/local/bin:/usr/bin",
				},
			],
			"entrypoint": [
				"/usr/local/bin/app",
			],
			"cmd": [],
			"workingDir": "/",
			"stopSignal": null,
			"healthcheck": [
				"CMD",
				"/usr/local/bin/app",
				"--health",
			],
			"shell": null,
		},
		"history": [
			{
				"created": "2026-11-01T00:00:00Z",
				"createdBy": "bazel build //base",
				"emptyLayer": false,
				"layer": 0,
			},
			{
				"created": "2026-11-09T10:00:00Z",
				"createdBy": "COPY app /usr/local/bin/app",
				"emptyLayer": false,
				"layer": 1,
			},
		],
	},
	"size": {
		"compressed": 24000000,
		"uncompressed": 61000000,
		"addedOverBase": 12000000,
		"files": 412,
		"wasted": 0,
		"efficiency": 1,
		"exclusive": 12000000,
		"largestFiles": [
			{
				"path": "/usr/local/bin/app",
				"bytes": 29000000,
				"layer": 1,
				"inBase": false,
			},
		],
		"previous": {
			"reference": "registry.example.com/team/app:1.1",
			"compressed": 23000000,
		},
	},
	"layers": [
		{
			"index": 0,
			"digest": "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
			"diffId": "sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
			"chainId": "sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
			"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
			"compressed": 12000000,
			"uncompressed": 31000000,
			"files": 400,
			"createdBy": "bazel build //base",
			"inBase": true,
			"wasted": 0,
			"hiddenBytes": 0,
		},
		{
			"index": 1,
			"digest": "sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd",
			"diffId": "sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
			"chainId": "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
			"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
			"compressed": 12000000,
			"uncompressed": 30000000,
			"files": 12,
			"createdBy": "COPY app /usr/local/bin/app",
			"inBase": false,
			"wasted": 0,
			"hiddenBytes": 0,
		},
	],
	"layerCount": 2,
	"historyCount": 2,
	"base": {
		"os": {
			"id": "debian",
			"versionId": "12",
			"prettyName": "Debian GNU/Linux 12 (bookworm)",
			"eol": "2028-06-30",
			"source": "etc/os-release",
		},
		"class": "distroless",
		"root": {
			"reference": "registry.example.com/base/static:12",
			"digest": "sha256:1111111111111111111111111111111111111111111111111111111111111111",
			"layers": 1,
			"evidence": [
				"annotation",
				"layers",
			],
			"confidence": 1,
		},
		"parent": {
			"reference": "registry.example.com/base/static:12",
			"digest": "sha256:1111111111111111111111111111111111111111111111111111111111111111",
			"layers": 1,
			"evidence": [
				"annotation",
				"layers",
			],
			"confidence": 1,
		},
		"lineage": [
			{
				"reference": "registry.example.com/base/static:12",
				"digest": "sha256:1111111111111111111111111111111111111111111111111111111111111111",
				"layers": 1,
				"evidence": [
					"annotation",
					"layers",
				],
				"confidence": 1,
			},
		],
		"annotated": {
			"name": "registry.example.com/base/static:12",
			"digest": "sha256:1111111111111111111111111111111111111111111111111111111111111111",
		},
		"outdated": {
			"known": true,
			"currentDigest": "sha256:1111111111111111111111111111111111111111111111111111111111111111",
			"lagDays": 0,
		},
		"boundaries": [
			0,
		],
	},
	"tools": [],
	"hiddenTools": [],
	"start": [{
		"command": "/usr/local/bin/app",
		"by": null,
		"path": "/usr/local/bin/app",
		"exists": true,
		"executable": true,
		"elsewhere": [],
	}],
	"packages": {
		"managers": [
			"dpkg",
		],
		"count": 1,
		"addedOverBase": 0,
		"items": [
			{
				"type": "deb",
				"name": "tzdata",
				"version": "2025b-0+deb12u2",
				"architecture": "all",
				"source": null,
				"layer": 0,
				"inBase": true,
				"installedSize": 3000000,
				"purl": "pkg:deb/debian/tzdata@2025b-0+deb12u2?arch=all",
			},
		],
	},
	"leftovers": [],
	"privileged": [],
	"worldWritable": [],
	"accounts": {
		"users": [
			{
				"name": "root",
				"uid": 0,
				"gid": 0,
				"shell": "/sbin/nologin",
				"login": false,
				"passwordEmpty": false,
			},
			{
				"name": "app",
				"uid": 10001,
				"gid": 10001,
				"shell": "/sbin/nologin",
				"login": false,
				"passwordEmpty": false,
			},
		],
		"userResolves": true,
	},
	"services": [],
	"state": [],
	"secrets": [],
	"vulnerabilities": {
		"known": true,
		"sources": [{
			"kind": "import",
			"name": "scan.cdx.json",
			"revision": null,
			"updatedAt": null,
			"covers": ["deb"],
		}],
		"counts": {
			"critical": 0,
			"high": 0,
			"medium": 0,
			"low": 0,
			"negligible": 0,
			"unknown": 0,
		},
		"fixable": {},
		"inBase": {},
		"items": [],
		"notCovered": [],
	},
	"provenance": {
		"signed": true,
		"attestations": ["https://slsa.dev/provenance/v1"],
		"sbom": true,
		"slsaMaterials": [],
	},
	"gaps": [],
}

# METADATA
# description: The clean image with these parts of it replaced, deeply.
# scope: document
image(changes) := object.union(clean, changes)

# METADATA
# description: The clean image, of which a fact could not be measured.
# scope: document
missing(fact) := image({"gaps": [gap(fact)]})

gap(fact) := {
	"fact": fact,
	"path": null,
	"layer": null,
	"reason": "the file is truncated",
}

# METADATA
# description: A tool that the base brought.
# scope: document
tool(name, category) := {
	"name": name,
	"category": category,
	"path": sprintf("/usr/bin/%s", [name]),
	"target": sprintf("/usr/bin/%s", [name]),
	"kind": "elf",
	"via": null,
	"layer": 0,
	"inBase": true,
	"size": 125688,
	"package": sprintf("%s 1.0-1", [name]),
	"owned": true,
	"version": null,
	"mode": "0755",
	"onPath": true,
	"usedByEntrypoint": false,
}

# METADATA
# description: The outcome of one rule on an image.
# scope: document
outcome(rule, document) := found if {
	# Tests call this instead of saying the same with each of them.
	# regal ignore:with-outside-test-context
	report := data.tare.main.report with input as document
	some found in report.outcomes
	found.rule == rule
}

# METADATA
# description: A package that was installed above the base.
# scope: document
installed(name) := {
	"type": "deb",
	"name": name,
	"version": "1.0-1",
	"architecture": "amd64",
	"source": null,
	"layer": 1,
	"inBase": false,
	"installedSize": 100000,
	"purl": null,
}

# METADATA
# description: A build step that made a layer.
# scope: document
step(text, layer) := {"created": "2026-11-09T10:00:00Z", "createdBy": text, "emptyLayer": false, "layer": layer}

# METADATA
# description: The clean image, its layers above the base made by these steps.
# scope: document
built_by(texts) := image({"image": {"history": array.concat(
	[object.union(step(null, 0), {"createdBy": base_step(texts)})],
	[step(text, 1) | some text in texts],
)}})

base_step(texts) := null if {
	texts[0] == null
} else := "bazel build //base"
