"""Spanish."""

from __future__ import annotations

from tenure.config.demo.rows import Need, Segment
from tenure.config.demo.words.shape import Words

SPANISH = Words(
    segments=(
        Segment(
            "Pequeña empresa",
            "Empresas de servicio con 5 a 30 técnicos; decide el dueño en dos semanas.",
            (
                Need("Saber quién está dónde hoy", "Un tablero con los trabajos del día, en cada móvil"),
                Need("No perder más partes en papel", "Partes con fotos y firma, también sin cobertura"),
                Need("Facturar en la misma semana", "Un trabajo firmado es ya un borrador de factura"),
            ),
        ),
        Segment(
            "Mediana empresa",
            "Empresas regionales con 30 a 200 técnicos; deciden juntos servicio y finanzas.",
            (
                Need("Cumplir los tiempos de respuesta prometidos", "Relojes por contrato que avisan antes de vencer"),
                Need("Tener la pieza en la furgoneta", "Lista de piezas por orden y existencias por furgoneta"),
                Need("Ver lo que gana un contrato", "Horas, piezas y viajes por contrato, cada mañana"),
            ),
        ),
        Segment(
            "Gran empresa",
            "Grupos con muchas sedes y más de 200 técnicos; participan compras, informática y el comité de empresa.",
            (
                Need("Una misma forma de trabajar en todas las sedes", "Plantillas por sede y un informe común"),
                Need("Encajar con nuestro ERP y el acceso único", "Conectores, SAML, SCIM y una API abierta"),
                Need("Demostrar el cumplimiento en una auditoría", "Listas con firma y un historial que nadie puede cambiar"),
            ),
        ),
    ),
    imports=("Cuentas y personas", "Canales, costes y leads", "Oportunidades", "Suscripciones", "Notas, llamadas y tareas"),
    channels={
        "organic": "Búsqueda orgánica", "search": "Búsqueda de pago", "social": "Redes de pago", "webinar": "Seminarios web",
        "event": "Ferias", "partner": "Socios", "referral": "Recomendación de clientes", "outbound": "Prospección",
    },
    industries={
        "facility": "Mantenimiento de edificios", "logistics": "Logística", "manufacturing": "Industria", "property": "Administración de fincas",
        "health": "Sanidad", "hospitality": "Hostelería", "energy": "Energía y agua", "construction": "Construcción",
        "retail": "Comercio", "food": "Alimentación",
    },
    plans={"starter": "Inicio", "team": "Equipo", "business": "Empresa", "enterprise": "Corporativo"},
    teams={"board": "Dirección", "marketing": "Marketing", "sales": "Ventas", "enterprise": "Grandes cuentas", "success": "Éxito del cliente"},
    titles={
        "champion": ("Jefe de servicio técnico", "Jefa de operaciones", "Responsable de mantenimiento", "Jefe de planificación"),
        "economic_buyer": ("Director general", "Directora financiera", "Propietario", "Directora de operaciones"),
        "technical_buyer": ("Jefa de informática", "Arquitecto de sistemas", "Responsable de TI"),
        "procurement": ("Responsable de compras", "Compradora estratégica"),
        "user_administrator": ("Planificadora", "Responsable de oficina", "Coordinador"),
        "user": ("Encargado de técnicos", "Técnica sénior", "Planificador"),
        "influencer": ("Responsable de calidad", "Jefa de control de gestión"),
        "blocker": ("Presidente del comité de empresa", "Delegada de protección de datos"),
    },
    personas={"owner": "Propietario", "operations": "Jefe de operaciones", "finance": "Responsable de finanzas", "it": "Responsable de TI"},
    stages={"discovery": "Descubrimiento", "evaluation": "Evaluación", "proposal": "Propuesta", "negotiation": "Negociación", "won": "Ganado", "lost": "Perdido"},
    lost_reasons={
        "no_decision": "Sin decisión", "price": "Precio", "competitor": "Competidor", "feature": "Falta una función",
        "timing": "Mal momento", "budget": "Sin presupuesto", "trial": "Prueba sin uso",
    },
    won_reasons=("Encaja con el trabajo de los técnicos", "Funciona sin cobertura", "Arranque rápido", "Precio", "Recomendado por un cliente", "API abierta"),
    churn_reasons={
        "not_used": "Poco uso", "price": "Precio", "competitor": "Se fue a un competidor", "feature": "Falta una función",
        "closed": "Empresa cerrada o vendida", "support": "Descontento con el soporte", "project": "Proyecto terminado", "payment": "Pago fallido",
    },
    disqualified=("Demasiado pequeña", "Estudiante o particular", "Otro sector", "Sin respuesta", "Competidor", "Fuera de nuestros países"),
    tags={"key": "cuenta clave", "reference": "referencia", "pilot": "piloto", "price": "sensible al precio", "erp": "conector ERP", "public": "sector público"},
    came_from_before="Cliente anterior al CRM",
    deal="{company}: {plan}, {seats} puestos",
    expansion="{company}: {seats} puestos más",
    comeback="{company}: vuelve",
    describes=(
        "{industry} en {city}, unas {employees} personas. Hasta ahora planifica con hojas de cálculo y teléfono.",
        "Empresa familiar de {industry}. Los técnicos salen desde {city}.",
        "{industry}; atiende la región de {city}. Tiene una herramienta propia que nadie mantiene.",
        "Crece comprando empresas pequeñas y quiere una sola forma de trabajar. Sede en {city}.",
    ),
    costs={
        "salaries": "Salarios de ventas y marketing", "tools": "CRM, analítica y correo", "agencies": "Agencia de contenidos y diseño",
        "travel": "Viajes a clientes y ferias", "commissions": "Comisiones",
    },
    calls={
        "discovery": ("Primera llamada", "Qué necesitan", "Cómo planifican hoy"),
        "follow_up": ("Seguimiento de la oferta", "Preguntas sobre el precio", "En qué punto estamos", "Plazo de la decisión"),
        "onboarding": ("Importación de las primeras órdenes", "Ajustes de la aplicación móvil", "Primera semana con los técnicos"),
        "check_in": ("Cómo va todo", "Cifras del mes", "Opinión de los técnicos", "Puntos abiertos"),
        "risk": ("Por qué entra menos gente", "Queja por la sincronización lenta", "Conversación sobre la baja"),
        "renewal": ("Preparar la renovación", "Puestos para el próximo año"),
    },
    meetings={
        "demo": ("Demostración", "Demostración con planificación y dos técnicos", "Taller: un día en la calle"),
        "decision": ("Presentación de la propuesta", "Reunión con la dirección", "Seguridad y protección de datos"),
        "kick_off": ("Reunión de arranque", "Arranque y plan de puesta en marcha"),
        "training": ("Formación de planificadores", "Formación de técnicos", "Formación de administradores"),
        "review": ("Revisión trimestral", "Revisión de objetivos", "Revisión semestral con la dirección"),
    },
    mails={
        "intro": ("Gracias por su interés", "Sus preguntas sobre Lumen Desk"),
        "offer": ("Nuestra oferta", "Oferta, segunda versión", "Contrato para firmar"),
        "reply": ("Re: nuestra oferta", "Re: próximos pasos", "Los documentos que pidió"),
        "care": ("Novedades de Lumen Desk", "Su uso en {month}", "Invitación al día de usuarios"),
    },
    notes={
        "discovery": (
            "**Hoy**: {employees} personas, partes en papel y en una hoja de cálculo.\n**Problema**: {need}\n**Decide**: {person} con la dirección, antes de fin de trimestre.",
            "Hablé con {person}. Pierden unos dos partes por semana. Quieren empezar con un equipo de {seats}.\nSiguiente paso: demostración.",
            "Nos comparan con {competitor}. Lo que cuenta: {need}",
        ),
        "won": (
            "Firmado por {seats} puestos, {plan}. {person} nos apoya. Prometido: primer equipo en marcha en cuatro semanas.",
            "Ganado. Lo decisivo: a los técnicos les gustó la aplicación. Ojo con la importación de partes antiguos.",
        ),
        "lost": ("Perdido: {reason}. {person} dice que podemos llamar dentro de un año.", "Se quedan con lo que tienen. Motivo: {reason}."),
        "onboarding": ("Arranque hecho. Meta: todos los partes digitales a finales de {month}. Lo lleva {person}.", "Primeras órdenes importadas. Dos técnicos sin móvil de empresa: resuelto."),
        "healthy": ("{person} está contento: el tiempo de respuesta bajó de dos días a uno. Pregunta por las piezas.", "Uso estable. Preparan una segunda sede; hablamos tras el verano.", "Hablaría por nosotros como referencia."),
        "risk": ("Este mes solo entraron cuatro personas. {person} no da abasto; ofrecida una formación.", "{person} duda del precio. Quiere ver el ahorro antes de renovar.", "Fallos de sincronización en móviles antiguos; soporte lo lleva."),
        "churn": ("Se da de baja: {reason}. {person} lo explicó con claridad. Ofrecimos una pausa, no la quiere.", "Se va al final del periodo: {reason}."),
        "pinned": ("Llamar a {person} antes de enviar nada a otros. Las facturas llevan su número de pedido.", "Precio fijado por dos años. Sin precio de tarifa al renovar."),
    },
    tasks={
        "deal": ("Enviar la oferta", "Llamar por la oferta", "Preparar la demostración", "Pedir a {person} la fecha de decisión", "Responder el cuestionario de seguridad"),
        "onboarding": ("Comprobar la importación de órdenes", "Planificar la formación de técnicos", "Invitar a los administradores"),
        "customer": ("Preparar la revisión trimestral", "Enviar cifras de uso a {person}", "Pedir una referencia", "Responder sobre la lista de piezas"),
        "risk": ("Averiguar por qué bajó el uso", "Llamar a {person} por el poco uso", "Ofrecer otra formación"),
        "renewal": ("Preparar la renovación", "Acordar con {person} los puestos del próximo año"),
    },
)
