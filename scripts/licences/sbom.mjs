const types = {
  package: 'library',
  framework: 'framework',
  library: 'library',
  model: 'machine-learning-model',
};

/** Identifiers as SPDX lists them; other licences are named. */
const isIdentifier = (licence) => /^[\w.-]+$/.test(licence);
const isExpression = (licence) =>
  /^[\w.()-]+( (AND|OR|WITH) [\w.()-]+)+$/.test(licence) && !/others/.test(licence);

function licencesOf(licence) {
  if (isIdentifier(licence)) return [{ license: { id: licence } }];
  return isExpression(licence) ? [{ expression: licence }] : [{ license: { name: licence } }];
}

/**
 * A software bill of materials in CycloneDX 1.6; the same parts give the same bytes.
 * @param {{ name: string, version: string, license: string }} application
 * @param {readonly import('./package-licence.mjs').Licence[]} parts
 */
export function sbomOf(application, parts) {
  const reference = ({ purl, name, version }) => purl ?? `${name}@${version}`;
  const root = `${application.name}@${application.version}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': root,
        name: application.name,
        version: application.version,
        licenses: licencesOf(application.license),
      },
    },
    components: parts.map((part) => ({
      type: types[part.kind],
      'bom-ref': reference(part),
      name: part.name,
      version: part.version,
      licenses: licencesOf(part.licence),
      ...(part.purl && { purl: part.purl }),
      ...(part.hash && { hashes: [{ alg: part.hash.algorithm, content: part.hash.content }] }),
    })),
    dependencies: [{ ref: root, dependsOn: parts.map(reference) }],
  };
}
