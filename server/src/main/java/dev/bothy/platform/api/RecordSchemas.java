package dev.bothy.platform.api;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Says of each field of a record whether it may be null: what `@Nullable` says in the code. Every
/// field is there, null or not, so all that may not be null are required.
@Component
class RecordSchemas implements ModelConverter {
  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    Schema<?> schema = chain.next().resolve(type, context, chain);
    if (schema == null || type.getType() == null) {
      return schema;
    }
    Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
    if (raw.isRecord()) {
      String ref = schema.get$ref();
      Schema<?> model =
          ref == null
              ? schema
              : context.getDefinedModels().get(ref.substring(ref.lastIndexOf('/') + 1));
      if (model != null && model.getProperties() != null) {
        describe(raw, model);
      }
    }
    return schema;
  }

  @SuppressWarnings("rawtypes") // As the library has it.
  private static void describe(Class<?> type, Schema<?> model) {
    Map<String, Schema> properties = model.getProperties();
    for (RecordComponent component : type.getRecordComponents()) {
      Schema<?> property = properties.get(component.getName());
      if (property == null) {
        continue;
      }
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        model.addRequiredItem(component.getName());
      } else if (property.get$ref() != null) {
        properties.put(component.getName(), orNull(property));
      } else if (property.getTypes() != null) {
        Set<String> types = new LinkedHashSet<>(property.getTypes());
        types.add("null");
        property.setTypes(types);
      }
    }
  }

  private static Schema<?> orNull(Schema<?> reference) {
    Schema<Object> either = new Schema<>();
    either.setDescription(reference.getDescription());
    Schema<Object> nothing = new Schema<>();
    nothing.setTypes(Set.of("null"));
    reference.setDescription(null);
    either.setOneOf(List.of(reference, nothing));
    return either;
  }
}
